"""The fields that a run asks for beside names and contact: its questions, and what its
conditions need to know. Each says why it is asked."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.enums import Residency
from accounts.forms.fields import plausible
from courses.enums import QuestionKind, SchoolYear
from courses.enums import RequirementKind as Kind
from courses.models import RunQuestion
from courses.models.localised import in_english
from enrollments.domain.eligibility import Condition

LONGEST_ANSWER, LONGEST_LINE = 1000, 200
LARGEST = 1_000_000


class AnswerField(forms.CharField):
    """Signs that nobody sees are dropped; lines are kept."""

    def to_python(self, value: object) -> str:
        lines = str(super().to_python(value) or "").splitlines()
        return "\n".join(tidy_text(line) for line in lines).strip()


def is_needed_alone(conditions: Collection[Condition]) -> bool:
    """Where age or school year have alternatives, they may be left empty."""
    groups = [one.group for one in conditions]
    of_age = (one for one in conditions if one.kind in (Kind.AGE, Kind.SCHOOL_YEAR))
    return any(groups.count(one.group) == 1 for one in of_age)


def school_year_field(*, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("学年"),
        required=required,
        coerce=int,
        empty_value=None,
        choices=[("", _("えらんでください")), *SchoolYear.choices],
        help_text=_(
            "対象の学年を確かめるためにうかがいます。"
            "おとなの方は「在学していない」をえらんでください。"
        ),
        error_messages={"required": _("学年をえらんでください。")},
    )


def residency_field(*, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("市内在住・在勤・在学"),
        required=required,
        choices=Residency.choices,
        widget=forms.RadioSelect,
        help_text=_("対象の方かどうか、優先の方かどうかを確かめるためにうかがいます。"),
        error_messages={"required": _("あてはまるものを一つえらんでください。")},
    )


def stated_fields(conditions: Iterable[Condition]) -> dict[str, forms.BooleanField]:
    """One tick per condition that the person confirms."""
    return {
        f"stated_{one.key}": forms.BooleanField(
            label=_("「%(who)s」にあてはまります") % {"who": one.words}, required=False
        )
        for one in conditions
    }


def question_fields(
    questions: Iterable[RunQuestion], *, required: bool = True
) -> dict[str, forms.Field]:
    """By the name of each in the form. Staff may leave out what a card does not say."""
    return {
        question_name(one): _question_field(one, required=required and one.is_required)
        for one in questions
    }


def question_name(question: RunQuestion) -> str:
    return f"question_{question.pk}"


def questions_named(questions: Iterable[RunQuestion]) -> dict[int, str]:
    """The field of each, by the question's row."""
    return {one.pk: question_name(one) for one in questions}


def _question_field(question: RunQuestion, *, required: bool) -> forms.Field:
    english = in_english() and question.label_en
    common: dict[str, Any] = {
        "label": english or question.label,
        "required": required,
        "help_text": question.why,
        "error_messages": {"required": _("お答えください。")},
    }
    kind = QuestionKind(question.kind)
    if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        lines = (line.strip() for line in question.options.splitlines())
        choices = [(line, line) for line in dict.fromkeys(lines) if line]
        if kind == QuestionKind.CHOICE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if kind == QuestionKind.NUMBER:
        return forms.IntegerField(
            validators=[MinValueValidator(0), MaxValueValidator(LARGEST)],
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **common,
        )
    if kind == QuestionKind.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(validators=[plausible], widget=widget, **common)
    if kind == QuestionKind.LONG_TEXT:
        widget = forms.Textarea(attrs={"rows": 4})
        return AnswerField(max_length=LONGEST_ANSWER, widget=widget, **common)
    return AnswerField(max_length=LONGEST_LINE, **common)


def answer_text(value: object) -> str:
    """As it is kept: several choices one a line, dates as YYYY-MM-DD."""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def answers_in(told: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    """By the key of each question, of what a form has cleaned; empty ones are left out."""
    answers = ((_key(name), answer_text(told[name])) for name in _named("question_", told))
    return tuple((key, text) for key, text in answers if text)


def answers_to(
    questions: Mapping[int, str], told: Mapping[str, Any]
) -> tuple[tuple[int, str], ...]:
    """The same, where one field may answer the questions of several runs."""
    answers = ((key, answer_text(told.get(name))) for key, name in questions.items())
    return tuple((key, text) for key, text in answers if text)


def stated_in(told: Mapping[str, Any]) -> frozenset[int]:
    """The keys of the conditions that were ticked."""
    return frozenset(_key(name) for name in _named("stated_", told) if told[name])


def _named(begin: str, told: Mapping[str, Any]) -> list[str]:
    return [name for name in told if name.startswith(begin)]


def _key(name: str) -> int:
    return int(name.partition("_")[2])
