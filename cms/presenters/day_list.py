"""Days one below the other, each with its sessions: a week, or all that is to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cms.presenters.calendar_lines import CalendarLine
from cms.presenters.month import Line, month_words
from courses.domain.agenda import days_ahead
from courses.domain.closing_days import read_days_off
from courses.domain.fiscal_year import era_year
from courses.domain.month import CalendarDay, Month
from courses.domain.week import Week, days_of_week
from courses.domain.wording import day_words
from courses.models import Session
from courses.models.localised import in_english


@dataclass(frozen=True)
class ListedDay:
    day: CalendarDay
    words: str
    lines: list[CalendarLine]


@dataclass(frozen=True)
class ListedDays:
    """`heading` is empty where the page has it already."""

    heading: str
    days: list[ListedDay]


def week_list(
    week: Week, sessions: Iterable[Session], line: Line, *, today: date
) -> list[ListedDays]:
    days = days_of_week(week, sessions, off=read_days_off(), today=today)
    return [ListedDays("", [_listed(day, line, today) for day in days])]


def agenda_list(
    sessions: Iterable[Session], line: Line, *, begin: date | None, today: date
) -> list[ListedDays]:
    """By month; none is before `begin`."""
    days = days_ahead(sessions, begin=begin, off=read_days_off(), today=today)
    return [
        ListedDays(month_words(month), [_listed(day, line, today) for day in there])
        for month, there in groupby(days, lambda day: Month.of(day.day))
    ]


def week_words(week: Week) -> str:
    first, last = (
        day_words(day, today=day, english=in_english())
        for day in (week.first_day, week.last_day)
    )
    if in_english():
        return f"{first} – {last}"
    return f"{era_year(week.first_day)}年{first}〜{last}"


def _listed(day: CalendarDay, line: Line, today: date) -> ListedDay:
    return ListedDay(
        day=day,
        words=day_words(day.day, today=today, english=in_english()),
        lines=[line(session, day.day) for session in day.sessions],
    )
