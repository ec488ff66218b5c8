"""What staff enter: applications from every channel, reasons, attendance."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.fiscal_year import FiscalYearField
from enrollments.enums import ApplicationState

REASON_LIMIT = 200


class ReasonForm(forms.Form):
    """A reason, which the record keeps and, where said so, the applicant reads."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=REASON_LIMIT,
        error_messages={"required": _("理由を入力してください。")},
    )


class FilterForm(forms.Form):
    """Narrows a list of applications; unknown values narrow nothing."""

    state = forms.ChoiceField(
        label=_("状態"),
        required=False,
        choices=[("", _("すべて")), *ApplicationState.choices],
    )
    q = forms.CharField(
        label=_("氏名・カナ・受付番号・電話"), required=False, max_length=60
    )


class RunFilterForm(forms.Form):
    """Narrows the list of runs; unknown values narrow nothing."""

    when = forms.ChoiceField(
        label=_("時期"),
        required=False,
        choices=[("", _("これから")), ("past", _("終わったもの")), ("all", _("すべて"))],
    )
    year = FiscalYearField()
    q = forms.CharField(label=_("講座名・開催番号"), required=False, max_length=60)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].offer(years)
