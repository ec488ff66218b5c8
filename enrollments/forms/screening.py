"""What the section notes of one application, and what it tells those who get no place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.enums import ScreeningVerdict
from enrollments.models import Application


class VerdictForm(forms.Form):
    """One application's line. `verdict` begins with the last one noted."""

    verdict = forms.ChoiceField(label=_("判断"), required=False)
    note = forms.CharField(
        label=_("所見"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, run: CourseRun, application: Application, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"a{application.pk}", **kwargs)
        self.application = application
        choices = [
            choice
            for choice in ScreeningVerdict.choices
            if run.waiting_list or choice[0] != ScreeningVerdict.WAIT
        ]
        verdict = self.fields["verdict"]
        verdict.choices = [("", _("まだ決めない")), *choices]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    told = forms.CharField(
        label=_("受講できない方に伝える理由"),
        required=False,
        max_length=150,
        help_text=_("本人に届きます。書かなければ「選考の結果」とだけ伝えます。"),
    )
