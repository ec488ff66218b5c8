"""回をくり返しで入れる: a rule, and the dates that it gives, before they become rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.forms.fields import plausible
from courses.domain.closing_days import DayOff, read_days_off
from courses.domain.repeating import (
    LAST,
    MOST_SESSIONS,
    Dates,
    RepeatRule,
    RuleEndsBeforeStart,
    RuleNamesNoWeek,
    dates_of,
)
from courses.enums import RepeatEvery
from courses.models import Room, Venue

WEEKDAYS = (
    ("0", _("月曜日")),
    ("1", _("火曜日")),
    ("2", _("水曜日")),
    ("3", _("木曜日")),
    ("4", _("金曜日")),
    ("5", _("土曜日")),
    ("6", _("日曜日")),
)
WEEKS = (
    ("1", _("第1")),
    ("2", _("第2")),
    ("3", _("第3")),
    ("4", _("第4")),
    (str(LAST), _("最終")),
)
TIME = "%H:%M"


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format=TIME),
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[plausible],
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True)
class Outlook:
    """The dates of a rule, and the rows that they would become."""

    dates: Dates
    rows: list[dict[str, str]]


class RepeatForm(forms.Form):
    """Nothing here is saved. The rule is asked for once it has a first day, or where one
    of its own buttons was `pressed`."""

    every = forms.ChoiceField(
        label=_("くり返し方"),
        choices=RepeatEvery.choices,
        initial=RepeatEvery.WEEK,
        required=False,
    )
    first_day = _day(_("最初の日"))
    count = forms.IntegerField(
        label=_("回数"),
        min_value=1,
        max_value=MOST_SESSIONS,
        required=False,
        help_text=_("とばす日は数えません。"),
    )
    last_day = _day(_("最後の日"), _("回数を決めないときに入力します。"))
    begins = _time(_("開始"))
    ends = _time(_("終了"))
    title = forms.CharField(label=_("題名"), max_length=160, required=False)
    room = forms.ChoiceField(label=_("部屋"), required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("曜日"),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("空けておくと、最初の日の曜日になります。"),
    )
    weeks = forms.MultipleChoiceField(
        label=_("毎月の第何週か"),
        choices=WEEKS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("「毎月の第何週か」のときだけ使います。"),
    )
    on_holidays = forms.BooleanField(
        label=_("祝日にも行う"),
        required=False,
        help_text=_("市の休業日と会場の休館日は、いつもとばします。"),
    )

    def __init__(
        self,
        *args: Any,
        rooms: dict[str, Room],
        choices: list[Any],
        pressed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms
        self.fields["room"].choices = choices
        self.is_asked = self.is_bound and (pressed or bool(self["first_day"].data))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.is_asked:
            self._errors.clear()
            return found
        for name in ("first_day", "begins", "ends"):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("くり返しで入れるには、ここも入力してください。"))
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("終了は開始より後の時刻にしてください。"))
        return found

    def look_ahead(self, venue: Venue | None) -> Outlook | None:
        """The dates at the chosen room's venue, or at `venue`; none where the rule
        cannot be followed, which then stands at its field."""
        if not self.is_valid():
            return None
        room = self.rooms.get(self.cleaned_data["room"])
        place = room.venue if room else venue
        try:
            dates = self._dates(place)
        except Refusal as refusal:
            self.add_error(_field_of(refusal), str(refusal.sentence))
            return None
        return Outlook(dates, [self._row(day) for day in dates.days])

    def _dates(self, venue: Venue | None) -> Dates:
        days_off = read_days_off([venue])
        on_holidays = self.cleaned_data["on_holidays"]

        def skip(day: date) -> DayOff | None:
            off = days_off.on(day, venue.pk if venue else None)
            return None if off and off.is_holiday and on_holidays else off

        return dates_of(self._rule(), skip)

    def _rule(self) -> RepeatRule:
        said = self.cleaned_data
        return RepeatRule(
            every=RepeatEvery(said["every"] or RepeatEvery.WEEK),
            first_day=said["first_day"],
            count=said["count"],
            last_day=said["last_day"],
            weekdays=frozenset(map(int, said["weekdays"])),
            weeks=frozenset(map(int, said["weeks"])),
        )

    def _row(self, day: date) -> dict[str, str]:
        said = self.cleaned_data
        return {
            "day": day.isoformat(),
            "begins": said["begins"].strftime(TIME),
            "ends": said["ends"].strftime(TIME),
            "title": said["title"],
            "room": said["room"],
        }


def _field_of(refusal: Refusal) -> str:
    if isinstance(refusal, RuleNamesNoWeek):
        return "weeks"
    return "last_day" if isinstance(refusal, RuleEndsBeforeStart) else "count"
