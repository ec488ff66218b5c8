"""A week as the month calendar has it, from Sunday to Saturday; bounded as months are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from courses.domain.closing_days import DaysOff
from courses.domain.month import CalendarDay, Month, is_within_reach, sessions_by_day
from courses.models import Session

DAYS = 7


@dataclass(frozen=True, order=True)
class Week:
    """`first_day` is a Sunday; in an address any of its days names the week."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.isoweekday() % DAYS))

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=DAYS - 1)

    @property
    def days(self) -> list[date]:
        return [self.first_day + timedelta(days=number) for number in range(DAYS)]

    def later(self, weeks: int) -> "Week":
        """Earlier where `weeks` is below zero."""
        return Week(self.first_day + timedelta(days=DAYS * weeks))

    def __str__(self) -> str:
        return self.first_day.isoformat()


def read_week(written: str, *, today: date) -> Week | None:
    """The week of a day written as YYYY-MM-DD; none where it is none or out of reach."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return Week.of(day) if is_within_reach(Month.of(day), today=today) else None


def is_week_within_reach(week: Week, *, today: date) -> bool:
    return is_within_reach(Month.of(week.first_day), today=today)


def days_of_week(
    week: Week, sessions: Iterable[Session], *, off: DaysOff, today: date
) -> list[CalendarDay]:
    """All seven, also those without a session."""
    by_day = sessions_by_day(sessions)
    return [CalendarDay.of(day, by_day, off=off, today=today) for day in week.days]
