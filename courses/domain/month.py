"""A month as city calendars print it: weeks from Sunday, with holidays and closing days,
and every session on each of its days. Months are bounded, so that no calendar is endless.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.domain.closing_days import DayOff, DaysOff
from courses.domain.fiscal_year import TOKYO
from courses.models import Session

REACH = 24  # months, back and ahead
SUNDAY = 6
WRITTEN = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
LONGEST = timedelta(days=62)


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.later(1).first_day - timedelta(days=1)

    def later(self, months: int) -> "Month":
        """Earlier where `months` is below zero."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True)
class CalendarDay:
    """`sessions` in order of their time; `off` says why nothing is usually held."""

    day: date
    is_inside: bool
    is_today: bool
    off: DayOff | None
    sessions: tuple[Session, ...]

    @classmethod
    def of(
        cls,
        day: date,
        by_day: Mapping[date, Sequence[Session]],
        *,
        off: DaysOff,
        today: date,
        inside: bool = True,
    ) -> "CalendarDay":
        """Outside the time that is shown a day stands empty."""
        return cls(
            day=day,
            is_inside=inside,
            is_today=day == today,
            off=off.on(day) if inside else None,
            sessions=tuple(by_day.get(day, ())) if inside else (),
        )


def read_month(written: str, *, today: date) -> Month | None:
    """A month within reach as YYYY-MM; none where it is none."""
    match = WRITTEN.fullmatch(written)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    month = Month(int(match[1]), int(match[2]))
    return month if is_within_reach(month, today=today) else None


def is_within_reach(month: Month, *, today: date) -> bool:
    now = Month.of(today)
    return now.later(-REACH) <= month <= now.later(REACH)


def weeks_of(
    month: Month, sessions: Iterable[Session], *, off: DaysOff, today: date
) -> list[list[CalendarDay]]:
    """Whole weeks; days of the neighbouring months stay empty."""
    by_day = sessions_by_day(sessions)
    weeks = calendar.Calendar(SUNDAY).monthdatescalendar(month.year, month.number)
    return [
        [
            CalendarDay.of(day, by_day, off=off, today=today, inside=Month.of(day) == month)
            for day in week
        ]
        for week in weeks
    ]


def sessions_by_day(sessions: Iterable[Session]) -> dict[date, list[Session]]:
    """Each on all of its days, in the order of their time."""
    by_day: dict[date, list[Session]] = {}
    for session in sorted(sessions, key=lambda one: (one.starts_at, one.pk)):
        for day in days_of(session):
            by_day.setdefault(day, []).append(session)
    return by_day


def days_of(session: Session) -> list[date]:
    """Every day that a session touches; its end is exclusive."""
    first = _day_in_tokyo(session.starts_at)
    last = _day_in_tokyo(min(session.ends_at, session.starts_at + LONGEST))
    if session.ends_at.astimezone(TOKYO) == _midnight(session.ends_at):
        last -= timedelta(days=1)
    return [first + timedelta(days=n) for n in range(max((last - first).days, 0) + 1)]


def _day_in_tokyo(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(TOKYO).replace(hour=0, minute=0, second=0, microsecond=0)
