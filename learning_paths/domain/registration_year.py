"""A registration holds for a fiscal year and is renewed every year (更新).

Source: civic-activity centres register groups by fiscal year and renew in spring; the
dates below are the city's to choose.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from courses.domain.fiscal_year import fiscal_year_of

# A group registered in the last quarter is registered for the coming year, too.
LAST_QUARTER = (1, 2, 3)
OPENS = timedelta(days=59)  # before the last day: from 1 February on
GRACE = timedelta(days=91)  # after the last day: until 30 June
REMINDS = timedelta(days=14)  # before the last day, once more


def last_day_of(fiscal_year: int) -> date:
    return date(fiscal_year + 1, 3, 31)


def registered_until(at: datetime) -> date:
    """The last day of a registration given now."""
    day = timezone.localdate(at)
    year = fiscal_year_of(day)
    return last_day_of(year + 1 if day.month in LAST_QUARTER else year)


def next_year(until: date) -> int:
    """The fiscal year for which the next renewal is."""
    return fiscal_year_of(until) + 1


def may_renew(until: date | None, *, at: datetime) -> bool:
    return until is not None and timezone.localdate(at) >= until - OPENS


def has_lapsed(until: date | None, *, at: datetime) -> bool:
    return until is not None and timezone.localdate(at) > until + GRACE
