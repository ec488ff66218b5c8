"""What staff say about wishes and requests for lectures."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseRun, Room
from learning_paths.domain.outreach.accepting import Arranged
from learning_paths.domain.outreach.menu import Terms
from learning_paths.domain.wanted.states import ANSWERS, TAKES_VOICES
from learning_paths.enums import RequestState
from learning_paths.forms.outreach import DatesForm
from learning_paths.forms.wanted import FactsForm
from learning_paths.models import LearningRequest, OutreachEntry

WEEKDAYS = tuple((str(number + 1), name) for number, name in DAY_NAMES.items())


class PublishForm(FactsForm):
    """The wish as it will be read; a name in it is taken out here."""


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("理由"),
        max_length=600,
        help_text=_("そのまま本人に伝わります。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("まとめる先"), queryset=LearningRequest.objects.none()
    )

    def __init__(self, *args: Any, request: LearningRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = LearningRequest.objects.filter(state__in=TAKES_VOICES)
        self.fields["into"].queryset = others.exclude(pk=request.pk)


class AnswerForm(forms.Form):
    to = forms.ChoiceField(
        label=_("答え"), choices=[(state.value, state.label) for state in ANSWERS]
    )
    words = forms.CharField(
        label=_("ことば"),
        max_length=600,
        required=False,
        help_text=_(
            "公開し、希望した方全員に1度だけ知らせます。見送るときは理由が必要です。"
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    course = forms.ModelChoiceField(
        label=_("こたえる講座"),
        queryset=Course.objects.none(),
        required=False,
        help_text=_("「講座になりました」のときに選びます。公開している講座だけです。"),
    )
    run = forms.ModelChoiceField(
        label=_("開催"), queryset=CourseRun.objects.none(), required=False
    )

    def __init__(self, *args: Any, request: LearningRequest, **kwargs: Any) -> None:
        initial = {
            "to": request.state if request.state in ANSWERS else RequestState.CONSIDERING,
            "words": request.answer,
            "course": request.course_id,
            "run": request.run_id,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["course"].queryset = Course.objects.public()
        self.fields["run"].queryset = (
            CourseRun.objects.public().select_related("course").order_by("-code")
        )


class ArrangeForm(forms.Form):
    date = forms.IntegerField(label=_("日時"), widget=forms.HiddenInput)
    room = forms.ModelChoiceField(
        label=_("市の部屋で行うとき"),
        queryset=Room.objects.select_related("venue"),
        required=False,
        empty_label=_("申し込んだ方の会場"),
    )
    override_reason = forms.CharField(
        label=_("講師の予定が重なってもよい理由"), max_length=200, required=False
    )
    words = forms.CharField(
        label=_("伝えること"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def arranged(self) -> Arranged:
        found = self.cleaned_data
        return Arranged(found["room"], found["override_reason"], found["words"])


class ProposeForm(DatesForm):
    words = forms.CharField(
        label=_("伝えること"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (day, moment) in enumerate(self.date_rows, start=1):
            day.field.label = _("案内する日 %(n)d") % {"n": number}
            moment.field.label = _("始まり %(n)d") % {"n": number}


class HeldForm(forms.Form):
    people_came = forms.IntegerField(label=_("参加した人数"), min_value=0, max_value=2000)


class TermsForm(forms.Form):
    """How an outreach course comes to people."""

    is_offered = forms.BooleanField(label=_("メニューにのせる"), required=False)
    minutes = forms.IntegerField(label=_("時間（分）"), min_value=10, max_value=480)
    minimum_people = forms.IntegerField(label=_("最少人数"), min_value=1, max_value=1000)
    weekdays = forms.MultipleChoiceField(
        label=_("行ける曜日"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    begins_from = forms.TimeField(
        label=_("始められる時刻"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    ends_by = forms.TimeField(
        label=_("終わりの時刻"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    notice_days = forms.IntegerField(
        label=_("何日前までに申し込むか"), min_value=0, max_value=365
    )
    for_whom = forms.CharField(label=_("対象"), max_length=200, required=False)
    needs = forms.CharField(label=_("用意していただくもの"), max_length=300, required=False)
    cost = forms.CharField(
        label=_("費用"), max_length=120, required=False, help_text=_("空は無料です。")
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        begins, ends = found.get("begins_from"), found.get("ends_by")
        if begins and ends and ends <= begins:
            self.add_error("ends_by", _("終わりは始まりより後の時刻にしてください。"))
        return found

    def terms(self) -> Terms:
        found = self.cleaned_data
        return Terms(**{**found, "weekdays": "".join(sorted(found["weekdays"]))})


def terms_initial(entry: OutreachEntry | None) -> dict[str, Any]:
    entry = entry or OutreachEntry()
    found = {name: getattr(entry, name) for name in Terms.__dataclass_fields__}
    return {**found, "weekdays": list(entry.weekdays)}
