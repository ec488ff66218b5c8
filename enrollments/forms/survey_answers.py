"""A survey as it is answered: one field per question, of the kind that it asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from enrollments.domain.surveys.questions import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    SCALE,
    Question,
    mark_of,
)
from enrollments.domain.surveys.sides import SIDES
from enrollments.enums import AnswerKind
from enrollments.forms.asked import AnswerField

PREFIX = "q-"


class AnswerForm(forms.Form):
    """`form_key` lets a form that is sent twice count once; `asked` tells whether the
    questions are still those that were answered. On paper nothing is demanded: what was
    left open stays open."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        asks_side: bool = False,
        on_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.mark = mark_of(questions)
        self.fields["asked"].initial = self.mark
        english = get_language() == "en"
        if asks_side:
            self.fields["side"] = _side_field(required=not on_paper)
        for question in questions:
            required = question.required and not on_paper
            self.fields[PREFIX + question.key] = _field(question, english, required)

    @property
    def is_outdated(self) -> bool:
        """An option may stand in another's place by now."""
        return self.is_bound and self.data.get("asked", self.mark) != self.mark

    def texts(self) -> dict[str, str]:
        """What was written stays good: by the names of the fields."""
        names = [PREFIX + one.key for one in self.questions if one.kind == AnswerKind.TEXT]
        return {name: self.data.get(name, "") for name in names}

    def answers(self) -> dict[str, Any]:
        """As the domain takes them."""
        given = {one.key: self.cleaned_data[PREFIX + one.key] for one in self.questions}
        kinds = {one.key: one.kind for one in self.questions}
        return {
            key: _value(kinds[key], value)
            for key, value in given.items()
            if value not in (None, "", [])
        }


def _value(kind: AnswerKind, value: Any) -> Any:
    if kind in (AnswerKind.ONE, AnswerKind.SCALE):
        return int(value)
    if kind == AnswerKind.SEVERAL:
        return [int(one) for one in value]
    return str(value)


def _side_field(*, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("あなたの立場"),
        choices=[(str(side), side.label) for side in SIDES],
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": gettext_lazy("どちらかをえらんでください。")},
    )


def _field(question: Question, english: bool, required: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.words(english=english),
        "help_text": question.help_words(english=english),
        "required": required,
    }
    chosen = {"required": _("一つえらんでください。")}
    match question.kind:
        case AnswerKind.ONE:
            return forms.ChoiceField(
                choices=_options(question, english),
                widget=forms.RadioSelect,
                error_messages=chosen,
                **common,
            )
        case AnswerKind.SEVERAL:
            return forms.MultipleChoiceField(
                choices=_options(question, english),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("一つ以上えらんでください。")},
                **common,
            )
        case AnswerKind.SCALE:
            return forms.ChoiceField(
                choices=_steps(question, english),
                widget=forms.RadioSelect(attrs={"class": "scale"}),
                error_messages=chosen,
                **common,
            )
        case AnswerKind.NUMBER:
            return forms.DecimalField(
                min_value=0,
                max_value=LARGEST_NUMBER,
                max_digits=9,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
                error_messages={"required": _("数を入力してください。")},
                **common,
            )
    return AnswerField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("文章を入力してください。")},
        **common,
    )


def _options(question: Question, english: bool) -> list[tuple[str, str]]:
    words = question.option_words(english=english)
    return [(str(place), label) for place, label in enumerate(words)]


def _steps(question: Question, english: bool) -> list[tuple[str, str]]:
    """From the best; the ends say what they mean."""
    ends = question.option_words(english=english)
    words = {SCALE[0]: ends[0], SCALE[-1]: ends[1]} if len(ends) == 2 else {}
    return [
        (str(step), f"{step} {words[step]}" if step in words else str(step))
        for step in reversed(SCALE)
    ]
