"""What an officer says about a table plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind
from courses.models import CourseRun, RunQuestion
from enrollments.enums import FacilitatorKind

AT_A_TABLE = 6
MOST_TABLES = 60


class TablePlanForm(forms.Form):
    tables = forms.IntegerField(label=_("テーブルの数"), min_value=1, max_value=MOST_TABLES)
    question = forms.ModelChoiceField(
        label=_("均等に分ける質問"),
        help_text=_("申込みのときの答え（話したいことなど）を、どのテーブルにもまぜます。"),
        queryset=RunQuestion.objects.none(),
        required=False,
        empty_label=_("使わない"),
    )

    def __init__(self, data: Any = None, *, run: CourseRun, **how: Any) -> None:
        super().__init__(data, **how)
        chosen = (QuestionKind.CHOICE, QuestionKind.CHOICES)
        questions = run.questions.filter(kind__in=chosen)
        self.fields["question"].queryset = questions
        if not questions:
            del self.fields["question"]


class FacilitatorForm(forms.Form):
    table = forms.IntegerField(widget=forms.HiddenInput)
    facilitator = forms.CharField(label=_("進行役"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("立場"), choices=[("", "―"), *FacilitatorKind.choices], required=False
    )


def tables_for(people: int) -> int:
    """As many as give about six to a table, as far as there may be so many."""
    return min(MOST_TABLES, max(1, round(people / AT_A_TABLE)))
