"""When a venue is closed: a day of the city or the venue, its weekdays, public holidays.

A notice to the officer, never a refusal: a venue may open for a course of the city.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import jpholiday
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.models import ClosingDay, Venue


def closed_on(
    day: date, *, closings: Iterable[ClosingDay], venue: Venue | None = None
) -> str:
    """Why nothing should be held on the day, "" where nothing speaks against it.

    `closings` may be all there are: those of other venues are left aside.
    """
    for closing in closings:
        here = closing.venue_id is None or (venue and closing.venue_id == venue.pk)
        if here and _covers(closing, day):
            return closing.name
    if venue and str(day.isoweekday()) in venue.closed_weekdays:
        words = {"venue": venue, "weekday": WEEKDAYS[day.weekday()]}
        return _("%(venue)sの休館日（%(weekday)s）") % words
    holiday = jpholiday.is_holiday_name(day)
    return _("祝日（%(name)s）") % {"name": holiday} if holiday else ""


def outside_hours(starts_at: datetime, ends_at: datetime, *, venue: Venue | None) -> str:
    """Says the opening hours where a session of one day does not keep to them."""
    if venue is None or venue.opens_at is None or venue.closes_at is None:
        return ""
    begin, end = starts_at.astimezone(TOKYO), ends_at.astimezone(TOKYO)
    inside = venue.opens_at <= begin.time() and end.time() <= venue.closes_at
    if inside and begin.date() == end.date():
        return ""
    hours = {
        "venue": venue,
        "opens": _clock(venue.opens_at),
        "closes": _clock(venue.closes_at),
    }
    return _("%(venue)sの開館時間（%(opens)s〜%(closes)s）の外") % hours


def opening_notices(
    starts_at: datetime,
    ends_at: datetime,
    *,
    is_all_day: bool = False,
    venue: Venue | None,
    closings: Iterable[ClosingDay],
) -> list[str]:
    """What an officer should know of a session's day and time; usually nothing."""
    known = list(closings)
    first = starts_at.astimezone(TOKYO).date()
    last = (ends_at - timedelta(microseconds=1)).astimezone(TOKYO).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = [closed_on(day, closings=known, venue=venue) for day in days]
    hours = "" if is_all_day else outside_hours(starts_at, ends_at, venue=venue)
    return list(dict.fromkeys(reason for reason in (*closed, hours) if reason))


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _covers(closing: ClosingDay, day: date) -> bool:
    if not closing.is_yearly:
        return closing.first_day <= day <= closing.last_day
    first = (closing.first_day.month, closing.first_day.day)
    last = (closing.last_day.month, closing.last_day.day)
    wanted = (day.month, day.day)
    if first <= last:
        return first <= wanted <= last
    return wanted >= first or wanted <= last  # over the turn of the year
