"""Wished dates lie far enough ahead, on the days and within the hours of the menu; what
the section proposes only has to be to come. Everything but `write_round` is pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.dates import WEEKDAYS_ABBR

from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.models.localised import in_english
from learning_paths.domain.outreach.refusals import (
    DateIsOver,
    DateMissing,
    NotAtThatTime,
    NotOnThatDay,
    SameDateTwice,
    TooSoon,
    WrongDate,
)
from learning_paths.models import OutreachDate, OutreachEntry, OutreachRequest

MOST_DATES = 3


def weekday_words(digits: str) -> str:
    """12345 → 月・火・水・木・金, in the language of the reader."""
    names = (WEEKDAYS_ABBR[int(digit) - 1] for digit in sorted(set(digits)))
    return (", " if in_english() else "・").join(str(name) for name in names)


def require_wishable(
    entry: OutreachEntry, starts: Sequence[datetime], *, at: datetime
) -> None:
    """Raises: DateMissing, SameDateTwice, TooSoon, NotOnThatDay, NotAtThatTime."""
    _require_some(starts)
    earliest = first_day(entry, at=at)
    for number, start in enumerate(starts, start=1):
        refusal = _why_not(entry, start.astimezone(TOKYO), earliest)
        if refusal is not None:
            refusal.number = number
            raise refusal


def first_day(entry: OutreachEntry, *, at: datetime) -> date:
    """The nearest day that can be wished for, whatever day of the week it is."""
    return at.astimezone(TOKYO).date() + timedelta(days=entry.notice_days)


def _why_not(entry: OutreachEntry, local: datetime, earliest: date) -> WrongDate | None:
    if local.date() < earliest:
        return TooSoon(entry.notice_days)
    if str(local.isoweekday()) not in entry.weekdays:
        return NotOnThatDay(weekday_words(entry.weekdays))
    end = local + timedelta(minutes=entry.minutes)
    late = end.date() != local.date() or end.time() > entry.ends_by
    if local.time() < entry.begins_from or late:
        return NotAtThatTime(_clock(entry.begins_from), _clock(entry.ends_by))
    return None


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def require_to_come(starts: Sequence[datetime], *, at: datetime) -> None:
    """Raises: DateMissing, SameDateTwice, DateIsOver."""
    _require_some(starts)
    if any(start <= at for start in starts):
        raise DateIsOver


def write_round(
    request: OutreachRequest,
    starts: Sequence[datetime],
    *,
    number: int,
    offered_by: User | None,
) -> None:
    length = timedelta(minutes=request.entry.minutes)
    OutreachDate.objects.bulk_create(
        OutreachDate(
            request=request,
            round=number,
            position=position,
            starts_at=start,
            ends_at=start + length,
            offered_by=offered_by,
        )
        for position, start in enumerate(starts[:MOST_DATES], start=1)
    )


def current_dates(request: OutreachRequest) -> list[OutreachDate]:
    """Of the newest round."""
    dates = list(request.dates.all())
    last = max((one.round for one in dates), default=0)
    return [one for one in dates if one.round == last]


def next_round(request: OutreachRequest) -> int:
    return max((one.round for one in request.dates.all()), default=-1) + 1


def _require_some(starts: Sequence[datetime]) -> None:
    if not starts:
        raise DateMissing
    if len(set(starts)) != len(starts):
        raise SameDateTwice
