"""Closing days and opening hours: what an officer is told of a day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.domain.opening import closed_on, opening_notices
from courses.models import ClosingDay, Venue

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YEAR = ClosingDay(
    name="年末年始",
    first_day=date(2020, 12, 29),
    last_day=date(2021, 1, 3),
    is_yearly=True,
)
OBON = ClosingDay(
    name="お盆", first_day=date(2020, 8, 13), last_day=date(2020, 8, 15), is_yearly=True
)
LIBRARY = Venue(
    pk=1, name="図書館", closed_weekdays="1", opens_at=time(9), closes_at=time(21, 30)
)
STOCKTAKING = ClosingDay(
    name="蔵書点検", first_day=date(2026, 6, 9), last_day=date(2026, 6, 12), venue_id=1
)
ALL = [NEW_YEAR, OBON, STOCKTAKING]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 12, 28), "図書館の休館日（月曜日）"),
        (date(2026, 12, 29), "年末年始"),
        (date(2027, 1, 3), "年末年始"),
        (date(2027, 1, 5), ""),
        (date(2031, 8, 14), "お盆"),
        (date(2026, 8, 16), ""),
        (date(2026, 6, 12), "蔵書点検"),
        (date(2027, 6, 11), ""),
        (date(2026, 11, 3), "祝日（文化の日）"),
    ],
)
def test_closed_on_says_why(day, reason):
    assert closed_on(day, closings=ALL, venue=LIBRARY) == reason


def test_closing_of_a_venue_is_not_that_of_another():
    other = Venue(pk=2, name="会館")
    assert closed_on(date(2026, 6, 9), closings=ALL, venue=other) == ""
    assert closed_on(date(2026, 6, 9), closings=ALL) == ""
    assert closed_on(date(2026, 12, 31), closings=ALL) == "年末年始"


def _notices(begin: datetime, hours: float, **changes) -> list[str]:
    end = begin + timedelta(hours=hours)
    return opening_notices(begin, end, venue=LIBRARY, closings=ALL, **changes)


def test_session_in_opening_hours_needs_no_notice():
    assert _notices(datetime(2026, 12, 5, 9, tzinfo=TOKYO), 12.5) == []


def test_session_outside_opening_hours_is_told_of_them():
    words = ["図書館の開館時間（9:00〜21:30）の外"]
    assert _notices(datetime(2026, 12, 5, 8, 30, tzinfo=TOKYO), 2) == words
    assert _notices(datetime(2026, 12, 5, 20, tzinfo=TOKYO), 2) == words


def test_all_day_session_is_told_of_closed_days_only_once_each():
    begin = datetime(2026, 12, 29, tzinfo=TOKYO)
    assert _notices(begin, 48, is_all_day=True) == ["年末年始"]
    assert _notices(datetime(2026, 12, 5, tzinfo=TOKYO), 24, is_all_day=True) == []
