"""A survey as the officer writes it: words, dates, and the list of its questions."""

from collections.abc import Mapping, Sequence
from secrets import choice, token_hex
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun, Session
from enrollments.domain.surveys.making import SurveyPlan
from enrollments.domain.surveys.questions import CHOOSES, MOST_QUESTIONS, Question
from enrollments.enums import AnswerKind, SurveyAudience
from enrollments.forms.waiting_list import MOMENT
from enrollments.models import Survey, SurveyTemplate
from enrollments.models.application import DOOR_SIGNS

ROOM_SIGNS = 6


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, widget=MOMENT, help_text=help_text
    )


class SurveyForm(forms.Form):
    title = forms.CharField(label=_("題名"), max_length=120)
    intro = forms.CharField(
        label=_("はじめの文"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    session = forms.ModelChoiceField(
        label=_("どの回のアンケートか"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("講座全体"),
    )
    audience = forms.ChoiceField(label=_("答える人"), choices=SurveyAudience.choices)
    named = forms.BooleanField(
        label=_("記名にする"),
        required=False,
        help_text=_("だれの回答かが担当課にわかります。答える前の画面に、そう表示します。"),
    )
    in_room = forms.BooleanField(
        label=_("会場のQRコードからも答えられるようにする"),
        required=False,
        help_text=_(
            "参加したかどうかは確かめません。一台の端末から一回だけ答えられます。無記名のときだけ使えます。"
        ),
    )
    opens_at = moment(_("始まり"), _("空欄なら、すぐに始まります。"))
    closes_at = moment(_("締切"))
    ask_at = moment(
        _("お願いのメールを送る日時"), _("空欄なら、送るときにボタンを押します。")
    )
    remind_at = moment(_("もう一度お願いする日時"), _("一度だけ送ります。"))

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        field.queryset = run.sessions.held().select_related("run")
        field.label_from_instance = lambda one: (
            _("第%(number)s回　%(title)s")
            % {
                "number": one.number,
                "title": one.title,
            }
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        opens, closes = said.get("opens_at"), said.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("締切は始まりより後にしてください。"))
        if said.get("named") and said.get("in_room"):
            self.add_error("in_room", _("会場のQRコードは、無記名のときだけ使えます。"))
        for name in ("ask_at", "remind_at"):
            when = said.get(name)
            if when and closes and when >= closes:
                self.add_error(name, _("締切より前の日時にしてください。"))
        return said

    def plan(self, questions: Sequence[Question], *, room_code: str | None) -> SurveyPlan:
        said = dict(self.cleaned_data)
        in_room = said.pop("in_room")
        said["audience"] = SurveyAudience(said["audience"])
        code = (room_code or new_room_code()) if in_room else None
        return SurveyPlan(questions=questions, room_code=code, **said)


def new_room_code() -> str:
    """Signs that are not taken for another when read from afar."""
    return "".join(choice(DOOR_SIGNS) for _sign in range(ROOM_SIGNS))


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
    required = forms.BooleanField(label=_("必須"), required=False)
    remove = forms.BooleanField(label=_("この質問を消す"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
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


def shown(survey: Survey) -> dict[str, Any]:
    """What the form begins with."""
    names = ("title", "intro", "session", "audience", "named", "opens_at", "closes_at")
    found = {name: getattr(survey, name) for name in (*names, "ask_at", "remind_at")}
    return {**found, "in_room": survey.room_code is not None}


class BeginForm(forms.Form):
    """What a new survey begins from: a template, or another survey of the section."""

    start = forms.ChoiceField(label=_("もとにするもの"))

    def __init__(
        self,
        *args: Any,
        templates: Sequence[SurveyTemplate],
        surveys: Sequence[Survey],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(f"template-{one.pk}", one.name) for one in templates]
        former = [(f"survey-{one.pk}", f"{one.title}（{one.run}）") for one in surveys]
        empty = [("empty", _("質問なしから作る"))]
        groups = [(_("ひな形"), own), (_("これまでのアンケート"), former)]
        self.fields["start"].choices = [
            *[(label, found) for label, found in groups if found],
            *empty,
        ]


class NameForm(forms.Form):
    name = forms.CharField(label=_("ひな形の名前"), max_length=60)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("書き出す理由"),
        max_length=200,
        error_messages={"required": _("理由を入力してください。")},
    )
