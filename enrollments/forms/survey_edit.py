"""A survey as the officer writes it: words and dates, and what it begins from."""

from collections.abc import Sequence
from secrets import choice
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from courses.models import CourseRun, Session
from enrollments.domain.surveys.making import WORDS, SurveyPlan
from enrollments.domain.surveys.questions import Question
from enrollments.enums import SurveyAudience
from enrollments.forms.waiting_list import MOMENT
from enrollments.models import Survey, SurveyTemplate
from enrollments.models.application import DOOR_SIGNS

ROOM_SIGNS = 6


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        validators=[plausible],
        widget=MOMENT,
        help_text=help_text,
    )


class SurveyForm(forms.Form):
    title = forms.CharField(label=_("題名"), max_length=120)
    intro = forms.CharField(
        label=_("はじめの文"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title_en = forms.CharField(label=_("題名（英語）"), max_length=160, required=False)
    intro_en = forms.CharField(
        label=_("はじめの文（英語）"),
        max_length=1500,
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
    for_public = forms.BooleanField(
        label=_("結果を公表する"),
        required=False,
        help_text=_(
            "集計を確定したあと、5人以上の数と、えらんだ自由記述だけを公表できます。答える前の画面に、そう表示します。無記名のときだけ使えます。"
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
        if said.get("named") and said.get("for_public"):
            self.add_error("for_public", _("結果の公表は、無記名のときだけ使えます。"))
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


def shown(survey: Survey) -> dict[str, Any]:
    """What the form begins with."""
    names = (*WORDS, "session", "audience", "named", "for_public")
    moments = ("opens_at", "closes_at", "ask_at", "remind_at")
    found = {name: getattr(survey, name) for name in (*names, *moments)}
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
