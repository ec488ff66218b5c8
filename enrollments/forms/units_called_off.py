"""Which units of a series are called off together, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.domain.wording import range_words
from courses.models import CourseRun
from enrollments.forms.back_office import ReasonForm


class CancelUnitsForm(ReasonForm):
    runs = forms.MultipleChoiceField(
        label=_("中止する単元"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("中止する単元を一つ以上えらんでください。")},
    )

    field_order = ("runs", "reason")

    def __init__(self, *args: Any, runs: Sequence[CourseRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {run.code: run for run in runs}
        self.fields["runs"].choices = [(run.code, _said(run)) for run in runs]  # type: ignore[attr-defined]

    def chosen_words(self) -> list[str]:
        return [_said(run) for run in self.chosen()]

    def chosen(self) -> list[CourseRun]:
        """Call only on a valid form."""
        return [self.offered[code] for code in self.cleaned_data["runs"]]


def _said(run: CourseRun) -> str:
    """The course with its first day to come."""
    today = timezone.localdate()
    held = [one for one in run.sessions.all() if one.is_held]
    days = [range_words(one.starts_at, one.ends_at, today=today) for one in held[:1]]
    return "　".join([str(run), *days])
