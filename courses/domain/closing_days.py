"""A day is off when it is a national holiday, one of the city's closing days, or one on
which the venue is closed; each has its reason in words.

Source of the holidays: 国民の祝日に関する法律, as computed by jpholiday.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import jpholiday
from django.utils.translation import gettext as _

from courses.domain.wording import WEEKDAYS
from courses.models import ClosingDay, Venue


@dataclass(frozen=True)
class Closure:
    """Days from first to last, both included; `venue` none: the whole city's."""

    name: str
    first_day: date
    last_day: date
    is_yearly: bool = False
    venue: int | None = None

    def covers(self, day: date) -> bool:
        if not self.is_yearly:
            return self.first_day <= day <= self.last_day
        if (self.last_day - self.first_day).days >= 365:
            return True
        first, last = _in_year(self.first_day), _in_year(self.last_day)
        if first <= last:
            return first <= _in_year(day) <= last
        return _in_year(day) >= first or _in_year(day) <= last


@dataclass(frozen=True)
class DayOff:
    """Why nothing is held on a day. `is_holiday`: a course may still be meant for it."""

    day: date
    reason: str
    is_holiday: bool = False


@dataclass(frozen=True)
class DaysOff:
    """What is closed when. `weekdays` are the days of the week (Monday is 1) on which a
    venue, by its key, is closed."""

    closures: tuple[Closure, ...] = ()
    weekdays: tuple[tuple[int, frozenset[int]], ...] = ()

    def on(self, day: date, venue: int | None = None) -> DayOff | None:
        """The city's own days come first: there is nothing to weigh about them."""
        closed = self._closed(day, venue)
        if closed:
            return DayOff(day, closed)
        holiday = jpholiday.is_holiday_name(day)
        return DayOff(day, str(holiday), is_holiday=True) if holiday else None

    def _closed(self, day: date, venue: int | None) -> str:
        for closure in self.closures:
            if closure.venue in (None, venue) and closure.covers(day):
                return closure.name
        if venue is not None and day.isoweekday() in dict(self.weekdays).get(venue, ()):
            name = WEEKDAYS[day.weekday()]
            return _("会場の休館日（%(weekday)s曜日）") % {"weekday": name}
        return ""


def read_days_off(venues: Iterable[Venue | None] = ()) -> DaysOff:
    """The city's closing days and those of these venues, in one query."""
    houses = {venue.pk: venue for venue in venues if venue is not None}
    rows = ClosingDay.objects.order_by("first_day", "pk")
    return DaysOff(
        closures=tuple(
            Closure(row.name, row.first_day, row.last_day, row.is_yearly, row.venue_id)
            for row in rows
            if row.venue_id is None or row.venue_id in houses
        ),
        weekdays=tuple(
            (pk, frozenset(int(number) for number in house.closed_weekdays))
            for pk, house in houses.items()
            if house.closed_weekdays
        ),
    )


def _in_year(day: date) -> tuple[int, int]:
    return day.month, day.day
