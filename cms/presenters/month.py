"""A month as a table: on a screen, and on one sheet of paper."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format

from cms.presenters.calendar_lines import CalendarLine
from courses.domain.closing_days import read_days_off
from courses.domain.fiscal_year import era_year
from courses.domain.month import CalendarDay, Month, weeks_of
from courses.domain.wording import day_words
from courses.models import Session
from courses.models.localised import in_english

SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
# How many lines a day has room for on an A4 sheet, by the weeks on it.
PRINTED = {4: 6, 5: 5, 6: 4}
# Up to so many a day, there is room for the place and larger type, or for larger type.
ROOMY, FEW = 2, 3
Line: TypeAlias = Callable[[Session, date], CalendarLine]


@dataclass(frozen=True)
class Cell:
    """`words` is the day written out, for a phone's list. Of the lines `printed` fit on
    paper, `unprinted` do not; `room` says how large they are there."""

    day: CalendarDay
    words: str
    lines: list[CalendarLine]
    printed: int
    unprinted: int
    is_past: bool

    @property
    def room(self) -> str:
        lines = len(self.lines)
        return "roomy" if lines <= ROOMY else "few" if lines <= FEW else "full"


def month_table(
    month: Month, sessions: Iterable[Session], line: Line, *, today: date
) -> dict[str, Any]:
    weeks = weeks_of(month, sessions, off=read_days_off(), today=today)
    room = PRINTED[len(weeks)]
    cells = [[_cell(day, line, room, today) for day in week] for week in weeks]
    flat = [cell for week in cells for cell in week]
    is_now = month == Month.of(today)
    return {
        "weekday_words": [WEEKDAYS_ABBR[number] for number in SUNDAY_FIRST],
        "weeks": cells,
        "is_now": is_now,
        "past_lines": sum(len(cell.lines) for cell in flat if cell.is_past and is_now),
    }


def month_words(month: Month) -> str:
    """As the city writes it, with the western year beside."""
    if in_english():
        return date_format(month.first_day, "F Y")
    western = f"{month.year}年{month.number}月"
    return f"{era_year(month.first_day)}年{month.number}月（{western}）"


def _cell(day: CalendarDay, line: Line, room: int, today: date) -> Cell:
    lines = [line(session, day.day) for session in day.sessions]
    printed = len(lines) if len(lines) <= room else room - 1
    return Cell(
        day=day,
        words=day_words(day.day, today=today, english=in_english()),
        lines=lines,
        printed=printed,
        unprinted=len(lines) - printed,
        is_past=day.day < today,
    )
