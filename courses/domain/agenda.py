"""What is to come, by day: a session stands once, on the day it begins; one that has
begun before stands on the first of the days asked for."""

from collections.abc import Iterable
from datetime import date

from courses.domain.closing_days import DaysOff
from courses.domain.fiscal_year import TOKYO
from courses.domain.month import CalendarDay
from courses.models import Session


def days_ahead(
    sessions: Iterable[Session], *, begin: date | None, off: DaysOff, today: date
) -> list[CalendarDay]:
    """Only days with a session; none is before `begin`. Sessions come sorted."""
    by_day: dict[date, list[Session]] = {}
    for session in sessions:
        first = session.starts_at.astimezone(TOKYO).date()
        by_day.setdefault(max(first, begin or first), []).append(session)
    return [CalendarDay.of(day, by_day, off=off, today=today) for day in sorted(by_day)]
