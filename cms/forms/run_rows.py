"""Rows of what a run asks and offers: 対象の条件, たずねること, 保育・支援."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from accounts.forms.fields import plausible
from cms.forms.asked_rows import AskedRows, RowForm, rows_factory
from cms.forms.moments import moment_field
from courses.domain.applying_words import age_words, until_age_words
from courses.domain.questions import QuestionPlan, question_plans
from courses.domain.requirements import RequirementPlan, requirement_plans
from courses.domain.support_offers import SupportOfferedTwice, SupportPlan, support_plans
from courses.enums import QuestionKind, RequirementKind, SchoolYear, SupportKind
from courses.models import Course, CourseRun

NONE = ("", _("（なし）"))
LIVING = [(one.value, one.label) for one in Residency if one != Residency.OTHER]
# As childcare is offered, in months; the last is before school.
FROM_AGES = (3, 6, 8, 10, 12, 18, 24, 30, 36, 48, 60)
UNTIL_AGES = (35, 47, 59, 71, 83, 107, 143)


class RequirementForm(RowForm):
    first = "kind"
    kind = forms.ChoiceField(
        label=_("条件"), choices=[NONE, *RequirementKind.choices], required=False
    )
    group = forms.IntegerField(
        label=_("条件の番号"), min_value=1, max_value=20, required=False, initial=1
    )
    residencies = forms.MultipleChoiceField(
        label=_("在住・在勤・在学"),
        choices=LIVING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    min_age = forms.IntegerField(
        label=_("何歳から"), min_value=0, max_value=120, required=False
    )
    max_age = forms.IntegerField(
        label=_("何歳まで"), min_value=0, max_value=120, required=False
    )
    age_on = forms.DateField(
        label=_("年齢を数える日"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("空けておくと、はじめの回の日です。"),
    )
    min_school_year = forms.TypedChoiceField(
        label=_("どの学年から"),
        choices=[NONE, *SchoolYear.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    max_school_year = forms.TypedChoiceField(
        label=_("どの学年まで"),
        choices=[NONE, *SchoolYear.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    completed_course = forms.ChoiceField(label=_("修了している講座"), required=False)
    words = forms.CharField(
        label=_("条件の文"),
        max_length=120,
        required=False,
        help_text=_("「〜の方」と書きます。「そのほか」の条件で使います。"),
    )
    everybody = forms.BooleanField(label=_("いっしょに来る方も"), required=False)

    def __init__(self, *args: Any, courses: dict[str, Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = courses
        titles = [(key, course.title) for key, course in courses.items()]
        self.fields["completed_course"].choices = [NONE, *titles]

    def planned(self) -> RequirementPlan:
        said = dict(self.cleaned_data)
        course = self.courses.get(said.pop("completed_course"))
        kind = RequirementKind(said.pop("kind"))
        group = said.pop("group") or 1
        return RequirementPlan(kind=kind, group=group, completed_course=course, **said)


class RequirementRows(AskedRows):
    kind = "requirements"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        found = Course.objects.once_public().order_by("title")
        courses = {str(course.pk): course for course in found}
        super().__init__(*args, form_kwargs={"courses": courses}, **kwargs)


class QuestionForm(RowForm):
    first = "label"
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("質問"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("答えかた"), choices=QuestionKind.choices, required=False
    )
    options = forms.CharField(
        label=_("選択肢"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("えらぶ質問のときだけ、1行に一つずつ書きます。"),
    )
    is_required = forms.BooleanField(label=_("必須"), required=False)
    why = forms.CharField(
        label=_("たずねる理由"),
        max_length=120,
        required=False,
        help_text=_("申し込む方に見せます。"),
    )
    label_en = forms.CharField(label=_("質問（英語）"), max_length=200, required=False)

    def planned(self) -> QuestionPlan:
        said = dict(self.cleaned_data)
        lines = (line.strip() for line in said.pop("options").splitlines())
        options = tuple(line for line in lines if line)
        kind = QuestionKind(said.pop("kind") or QuestionKind.TEXT)
        return QuestionPlan(kind=kind, options=options, **said)


class QuestionRows(AskedRows):
    kind = "questions"


class SupportForm(RowForm):
    first = "kind"
    kind = forms.ChoiceField(
        label=_("保育・支援"), choices=[NONE, *SupportKind.choices], required=False
    )
    capacity = forms.IntegerField(
        label=_("定員"), min_value=0, max_value=1000, required=False
    )
    min_age_months = forms.TypedChoiceField(
        label=_("何歳から"), coerce=int, empty_value=None, required=False
    )
    max_age_months = forms.TypedChoiceField(
        label=_("何歳まで"), coerce=int, empty_value=None, required=False
    )
    deadline = moment_field(
        _("希望の締切"), _("空けておくと、申込みと同じ締切になります。")
    )
    fee = forms.IntegerField(
        label=_("費用（円）"), min_value=0, max_value=100_000, required=False, initial=0
    )
    note = forms.CharField(label=_("補足"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, usual, words in (
            ("min_age_months", FROM_AGES, age_words),
            ("max_age_months", UNTIL_AGES, until_age_words),
        ):
            own = self.initial.get(name)
            months = sorted({*usual, own} - {None})
            choices = [NONE, *((month, words(month)) for month in months)]
            self.fields[name].choices = choices

    def planned(self) -> SupportPlan:
        said = dict(self.cleaned_data)
        kind, fee = SupportKind(said.pop("kind")), said.pop("fee") or 0
        return SupportPlan(kind=kind, fee=fee, **said)


class SupportRows(AskedRows):
    kind = "support"

    def clean(self) -> None:
        seen = set()
        for row in self.forms:
            kind = row.cleaned_data.get("kind") if row.is_valid() else None
            if kind and kind in seen:
                row.add_error("kind", str(SupportOfferedTwice.sentence))
            seen.add(kind)


REQUIREMENTS = rows_factory(RequirementForm, RequirementRows)
QUESTIONS = rows_factory(QuestionForm, QuestionRows)
SUPPORT = rows_factory(SupportForm, SupportRows)
ROWS = {"requirements": REQUIREMENTS, "questions": QUESTIONS, "support": SUPPORT}


def rows_of_run(run: CourseRun) -> dict[str, list[dict[str, Any]]]:
    """What the rows show, by the name of their plan."""
    return {
        "requirements": [_requirement(plan) for plan in requirement_plans(run)],
        "questions": [
            vars(plan) | {"options": "\n".join(plan.options)}
            for plan in question_plans(run)
        ],
        "support": [plan.columns() for plan in support_plans(run)],
    }


def _requirement(plan: RequirementPlan) -> dict[str, Any]:
    course = plan.completed_course
    return plan.columns() | {"completed_course": str(course.pk) if course else ""}
