"""The questions of a survey as rows of a form that works without scripts: adding, moving
and taking out show the form again, and nothing is kept before it is saved."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollments.domain.surveys.questions import CHOOSES, MOST_QUESTIONS, Question
from enrollments.enums import AnswerKind


class QuestionForm(forms.Form):
    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    label = forms.CharField(label=_("質問"), max_length=200)
    kind = forms.ChoiceField(label=_("答え方"), choices=AnswerKind.choices)
    options = forms.CharField(
        label=_("選択肢"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "1行に一つ。英語は「｜」のあとに書きます。5段階では、1の言葉と5の言葉を書きます。"
        ),
    )
    help_text = forms.CharField(label=_("補足"), required=False, max_length=200)
    label_en = forms.CharField(label=_("質問（英語）"), required=False, max_length=240)
    help_text_en = forms.CharField(label=_("補足（英語）"), required=False, max_length=240)
    required = forms.BooleanField(label=_("必須"), required=False)
    remove = forms.BooleanField(label=_("この質問を消す"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("remove") or not any(
            said.get(name)
            for name in ("label", "options", "help_text", "label_en", "help_text_en")
        ):
            # What is taken out, or was never filled in, may be as it is.
            self._errors.clear()
            return {**said, "remove": True}
        lines = _lines(said.get("options", ""))
        said["lines"] = lines
        kind = said.get("kind")
        if kind in CHOOSES and len({ja for ja, _en in lines}) < 2:
            self.add_error("options", _("選択肢を二つ以上書いてください。"))
        if kind == AnswerKind.SCALE and len(lines) not in (0, 2):
            self.add_error("options", _("1の言葉と5の言葉を、2行で書いてください。"))
        return said

    def question(self) -> Question:
        said = self.cleaned_data
        kind = AnswerKind(said["kind"])
        keeps = kind in CHOOSES or kind == AnswerKind.SCALE
        lines = said["lines"] if keeps else []
        return Question(
            key=said["key"] or f"own-{token_hex(4)}",
            kind=kind,
            label=said["label"],
            label_en=said["label_en"],
            help_text=said["help_text"],
            help_text_en=said["help_text_en"],
            options=tuple(ja for ja, _en in lines),
            options_en=tuple(en for _ja, en in lines),
            required=said["required"],
        )


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text.replace("｜", "|").splitlines():
        ja, _bar, en = (part.strip() for part in line.partition("|"))
        if ja:
            found.append((ja, en))
    return found


class BaseQuestions(forms.BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.questions():
            raise forms.ValidationError(_("質問を一つ以上入力してください。"))

    def questions(self) -> list[Question]:
        """Those that stay, in order; rows left empty are none."""
        kept = [
            form
            for form in self.forms
            if form.has_changed() and form.cleaned_data and not form.cleaned_data["remove"]
        ]
        return [form.question() for form in kept]


QuestionFormSet = forms.formset_factory(
    QuestionForm,
    formset=BaseQuestions,
    extra=0,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS + 1,
)


def rows_of(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """As the form shows them."""
    return [
        {
            "key": one.key,
            "label": one.label,
            "kind": str(one.kind),
            "options": "\n".join(_option_line(one, place) for place in _places(one)),
            "help_text": one.help_text,
            "help_text_en": one.help_text_en,
            "label_en": one.label_en,
            "required": one.required,
        }
        for one in questions
    ]


def _places(question: Question) -> range:
    return range(len(question.options))


def _option_line(question: Question, place: int) -> str:
    english = question.options_en[place] if question.options_en else ""
    return f"{question.options[place]} | {english}" if english else question.options[place]


def rearranged(post: Mapping[str, Any], act: str) -> list[dict[str, Any]]:
    """The rows as they were sent, right or wrong, after "add", "up-3" or "down-3"."""
    fields = QuestionForm.base_fields
    count = min(_whole(post.get("form-TOTAL_FORMS")), MOST_QUESTIONS)
    rows = [
        {name: post.get(f"form-{place}-{name}", "") for name in fields}
        for place in range(count)
    ]
    direction, _dash, place_said = act.partition("-")
    place = _whole(place_said)
    if direction == "add" and count < MOST_QUESTIONS:
        rows.append({})
    other = place + (-1 if direction == "up" else 1)
    if direction in ("up", "down") and 0 <= other < count and place < count:
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _whole(text: Any) -> int:
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() else 0
