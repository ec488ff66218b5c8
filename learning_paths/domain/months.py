"""So many months before or after a day; the end of a month stays the end of a month."""

from calendar import monthrange
from datetime import date


def months_from(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
