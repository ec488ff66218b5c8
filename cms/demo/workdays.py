"""Days on which the city holds courses."""

from datetime import date, timedelta

import jpholiday

NEW_YEAR = ((12, 27), (1, 5))
SUNDAY = 6


def is_workday(day: date) -> bool:
    """Not on Sundays and holidays, nor from 27 December to 5 January."""
    if (day.month, day.day) >= NEW_YEAR[0] or (day.month, day.day) <= NEW_YEAR[1]:
        return False
    return day.weekday() != SUNDAY and not jpholiday.is_holiday(day)


def weekday_of_month(year: int, month: int, *, weekday: int, week: int) -> date:
    """The `week`-th such weekday (Monday is 0) of the month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


def bulletin_before(day: date) -> date:
    """The city bulletin comes out on the 1st and the 15th."""
    return day.replace(day=15 if day.day >= 15 else 1)


def workday_from(day: date) -> date:
    """The first Monday-to-Friday workday from `day` on."""
    while not is_workday(day) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


def workday_before(day: date) -> date:
    """The last Monday-to-Friday workday before `day`."""
    found = day - timedelta(days=1)
    while not is_workday(found) or found.weekday() > 4:
        found -= timedelta(days=1)
    return found
