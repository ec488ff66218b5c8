"""Days without a year."""

from datetime import date

import pytest

from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.moments import Day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11月20日", date(2026, 11, 20)),
        ("11/22", date(2025, 11, 22)),
        ("3/1", date(2026, 3, 1)),
    ],
)
def test_past_day_without_year_is_the_last_one(text, day):
    about = Circumstances(today=date(2026, 11, 21), fiscal_year=2027)
    assert Day(is_past=True).clean(text, about=about) == day
    assert Day().clean("11月20日", about=about) == date(2027, 11, 20)
