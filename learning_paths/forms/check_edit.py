"""The questions of a self-check, with a table per question: which answer speaks how
strongly for which stage."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from courses.models import Stage
from learning_paths.domain.making_checks import AnswerDraft, QuestionDraft, drafts_of
from learning_paths.models import StageCheck

ROWS_OF_ANSWERS, SPARE_QUESTIONS, STRONGEST = 5, 1, 9


class IntroForm(forms.Form):
    intro = forms.CharField(
        label=_("はじめの言葉"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    intro_en = forms.CharField(
        label=_("はじめの言葉（英語）"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("答え"), max_length=160, required=False)
    text_en = forms.CharField(label=_("答え（英語）"), max_length=200, required=False)

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in stages:
            self.fields[f"stage_{stage.pk}"] = forms.IntegerField(
                label=stage.label,
                min_value=0,
                max_value=STRONGEST,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("stage_")]

    def draft(self) -> AnswerDraft:
        found = self.cleaned_data
        names = [name for name in self.fields if name.startswith("stage_")]
        return AnswerDraft(
            found["text"],
            found["text_en"],
            {int(name.partition("_")[2]): found[name] for name in names if found[name]},
        )


class QuestionForm(forms.Form):
    """A row that was left empty is passed over."""

    position = forms.IntegerField(label=_("順番"), min_value=1, required=False)
    text = forms.CharField(label=_("質問"), max_length=160, required=False)
    text_en = forms.CharField(label=_("質問（英語）"), max_length=200, required=False)

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
        self.known = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.known, **kwargs)
        answers = self.known.get("answers", [])
        self.answers = [
            AnswerForm(
                self.data if self.is_bound else None,
                prefix=f"{self.prefix}-answer-{row}",
                initial=answers[row] if row < len(answers) else None,
                stages=stages,
            )
            for row in range(ROWS_OF_ANSWERS)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(one.is_valid() for one in self.answers)])

    def draft(self) -> QuestionDraft:
        return QuestionDraft(
            self.cleaned_data["text"],
            self.cleaned_data["text_en"],
            [one.draft() for one in self.answers if one.cleaned_data["text"].strip()],
        )


class QuestionRows(BaseFormSet):
    def drafts(self) -> list[QuestionDraft]:
        rows = [
            form
            for form in self.forms
            if form.cleaned_data.get("text", "").strip()
            and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda form: form.cleaned_data["position"] or float("inf"))
        return [form.draft() for form in rows]


QuestionFormSet = formset_factory(
    QuestionForm, formset=QuestionRows, extra=SPARE_QUESTIONS, can_delete=True
)


def question_rows(check: StageCheck, data: Any = None) -> QuestionRows:
    return QuestionFormSet(
        data,
        prefix="questions",
        initial=[_initial(at, one) for at, one in enumerate(drafts_of(check), start=1)],
        form_kwargs={"stages": list(Stage.objects.all())},
    )


def _initial(position: int, question: QuestionDraft) -> dict[str, Any]:
    return {
        "position": position,
        "text": question.text,
        "text_en": question.text_en,
        "answers": [
            {
                "text": answer.text,
                "text_en": answer.text_en,
                **{f"stage_{stage}": weight for stage, weight in answer.weights.items()},
            }
            for answer in question.answers
        ],
    }
