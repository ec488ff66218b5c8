"""A run is copied by whole weeks: its first session keeps its weekday and its place in
the month, and everything else keeps its distance from it.

第1土曜 stays 第1土曜 of the same month, a year or more later (a fifth that the month does
not have becomes its last); the other sessions and the application period move by as many
weeks, so that weekdays, times of day and the gaps between sessions stay. Moving every
date on its own would let two sessions fall on one day. Seats, applications, UIDs and
states are never copied.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.domain.fiscal_year import TOKYO
from courses.domain.repeating import week_of_month

MOST_YEARS = 200
WEEKS_OF_A_YEAR = 52
# 令和7年度, 令和元年, 2026年度; digits may be full-width.
YEAR_WORDS = re.compile(
    r"令和(?P<era>元|[0-9０-９]{1,2})年|(?P<year>20[0-9]{2}|２０[０-９]{2})年"
)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Shift:
    """How far a copy lies behind its original: `years` in words, `weeks` in dates."""

    years: int
    weeks: int

    def day(self, day: date) -> date:
        return day + timedelta(weeks=self.weeks)

    def moment(self, moment: datetime | None) -> datetime | None:
        """The same time of day in Tokyo."""
        if moment is None:
            return None
        return moment.astimezone(TOKYO) + timedelta(weeks=self.weeks)

    def words(self, text: str) -> str:
        """令和7年度 becomes 令和8年度: a proposal, as a text may speak of the past."""
        return YEAR_WORDS.sub(self._later, text)

    def _later(self, found: re.Match[str]) -> str:
        old = found["era"] or found["year"]
        number = (1 if old == "元" else int(old)) + self.years
        new = str(number).translate(WIDE) if "０" <= old[0] <= "９" else str(number)
        return f"{'令和' if found['era'] else ''}{new}年"


def shift_of(days: Iterable[date], *, today: date) -> Shift:
    """The next year in which the first of the days lies after today, else 52 weeks.

    Raises: OverflowError for days that no calendar holds.
    """
    first = min(days, default=None)
    if first is None:
        return Shift(years=1, weeks=WEEKS_OF_A_YEAR)
    for years in range(1, MOST_YEARS):
        target = same_place_in_month(first, year=first.year + years)
        if target > today:
            return Shift(years=years, weeks=(target - first).days // 7)
    raise OverflowError(first)


def same_place_in_month(day: date, *, year: int) -> date:
    """The same weekday of the same week of the month in another year."""
    start = date(year, day.month, 1)
    first = start + timedelta(days=(day.weekday() - start.weekday()) % 7)
    found = first + timedelta(weeks=week_of_month(day) - 1)
    return found if found.month == day.month else found - timedelta(weeks=1)
