"""Days, times and moments as they stand in lists of Japanese city halls."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.fiscal_year import TOKYO, era_year
from courses.exchange.columns.days import EPOCH, read_day
from courses.exchange.columns.times import read_moment, read_time

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2026/11/3",
        "2026-11-03",
        "2026.11.3",
        "2026年11月3日",
        "２０２６年１１月３日（火）",
        "2026年11月3日(火・祝)",
        "令和8年11月3日",
        "令和８年１１月３日（火）",
        "R8.11.3",
        "R8/11/3",
        "r08.11.03",
        "令8.11.3",
        "20261103",
        "46329",
        "2026-11-03 00:00:00",
        "11月3日(火)",
        "11/3",
        "１１月３日",
    ],
)
def test_day_is_read_as_it_is_written(text):
    assert read_day(text, fiscal_year=2026) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月31日", date(2027, 3, 31)),
        ("4月1日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("S45.5.8", date(1970, 5, 8)),
        ("昭和45年5月8日生", None),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("大正15年12月24日", date(1926, 12, 24)),
    ],
)
def test_day_without_year_lies_in_the_fiscal_year(text, day):
    if day is None:
        with pytest.raises(ValueError, match="日付として読めません"):
            read_day(text, fiscal_year=2026)
    else:
        assert read_day(text, fiscal_year=2026) == day


@pytest.mark.parametrize(
    "text", ["2026/2/30", "13/1", "さくら", "令和8年13月1日", "5", "0"]
)
def test_what_is_no_day_is_refused_with_what_stood_there(text):
    with pytest.raises(ValueError, match=f"「{text}」を日付として読めません"):
        read_day(text, fiscal_year=2026)


def test_day_without_year_needs_a_fiscal_year():
    with pytest.raises(ValueError, match="日付として読めません"):
        read_day("11月3日")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("13:30", time(13, 30)),
        ("１３：３０", time(13, 30)),
        ("13時30分", time(13, 30)),
        ("13時半", time(13, 30)),
        ("午後1時半", time(13, 30)),
        ("午後１時３０分", time(13, 30)),
        ("1:30PM", time(13, 30)),
        ("13時", time(13)),
        ("午前9時", time(9)),
        ("13:30:00", time(13, 30)),
        ("0.5625", time(13, 30)),
    ],
)
def test_time_is_read_as_it_is_written(text, clock):
    assert read_time(text) == clock


@pytest.mark.parametrize("text", ["25:00", "9", "13:75", "昼"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="時刻として読めません"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/11/3 10:30", datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO)),
        ("令和8年11月3日 午前10時30分", datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO)),
        ("2026-11-03T10:30", datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO)),
        ("2026/11/03 10:30:15", datetime(2026, 11, 3, 10, 30, 15, tzinfo=TOKYO)),
        ("11月3日(火) 10:30", datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO)),
        ("46329.4375", datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO)),
        ("2026/11/3", datetime(2026, 11, 3, tzinfo=TOKYO)),
    ],
)
def test_moment_is_a_day_with_its_time(text, moment):
    assert read_moment(text, fiscal_year=2026) == moment


@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)))
def test_every_way_to_write_a_day_means_the_same(day):
    ways = [
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y-%m-%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{era_year(day)}年{day.month}月{day.day}日",
        str((day - EPOCH).days),
        "".join(chr(ord(sign) + 0xFEE0) for sign in f"{day.year}/{day.month}/{day.day}"),
    ]
    assert {read_day(way) for way in ways} == {day}


def told(text):
    """The moment, or the sentence by which it is refused."""
    try:
        return read_moment(text, fiscal_year=2026)
    except ValueError as refused:
        return str(refused)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_a_sentence(text):
    found = told(text)
    assert isinstance(found, datetime) or "読めません" in found
