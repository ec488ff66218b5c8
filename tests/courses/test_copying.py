"""Dates of a copied run: whole weeks later, the first in the same place of its month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.domain.copying import Shift, same_place_in_month, shift_of
from courses.domain.fiscal_year import TOKYO
from courses.domain.repeating import week_of_month

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "copied"),
    [
        (date(2026, 12, 5), date(2027, 12, 4)),  # first Saturday
        (date(2026, 1, 10), date(2027, 1, 9)),  # second Saturday
        (date(2026, 10, 31), date(2027, 10, 30)),  # fifth Saturday, there is one
        (date(2026, 5, 30), date(2027, 5, 29)),  # fifth Saturday
        (date(2027, 1, 30), date(2028, 1, 29)),  # fifth Saturday
        (date(2026, 8, 29), date(2027, 8, 28)),  # fifth becomes the last
        (date(2026, 9, 1), date(2027, 9, 7)),  # first Tuesday: 53 weeks
    ],
)
def test_first_session_keeps_its_place_in_the_month(first, copied):
    assert shift_of([first], today=TODAY).day(first) == copied


def test_everything_moves_by_as_many_weeks_as_the_first():
    days = [date(2026, 9, 1) + timedelta(weeks=n) for n in range(5)]

    shift = shift_of(reversed(days), today=TODAY)

    assert shift == Shift(years=1, weeks=53)
    assert [shift.day(day) for day in days] == [
        date(2027, 9, 7) + timedelta(weeks=n) for n in range(5)
    ]


def test_old_run_is_copied_to_the_next_year_that_is_still_to_come():
    assert shift_of([date(2023, 12, 2)], today=TODAY).years == 3
    assert shift_of([date(2023, 11, 4)], today=TODAY).years == 4


def test_run_without_sessions_moves_by_a_year_of_weeks():
    assert shift_of([], today=TODAY) == Shift(years=1, weeks=52)


def test_moment_keeps_its_time_of_day_in_tokyo():
    closes = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert Shift(1, 52).moment(closes) == datetime(2027, 11, 26, 17, 0, tzinfo=TOKYO)
    assert Shift(1, 52).moment(None) is None


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("令和7年度 春の講座", "令和8年度 春の講座"),
        ("令和元年度", "令和2年度"),
        ("令和９年度", "令和１０年度"),
        ("2026年度の会", "2027年度の会"),
        ("第3期", "第3期"),
        ("平成30年度をふりかえる", "平成30年度をふりかえる"),
    ],
)
def test_words_of_the_year_are_proposed_anew(text, proposed):
    assert Shift(1, 52).words(text) == proposed


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(day=days, years=st.integers(1, 20))
def test_weekday_and_week_of_the_month_are_kept(day, years):
    found = same_place_in_month(day, year=day.year + years)

    assert (found.year, found.month, found.weekday()) == (
        day.year + years,
        day.month,
        day.weekday(),
    )
    week = week_of_month(found)
    assert week == week_of_month(day) or (week_of_month(day), week) == (5, 4)


@given(run=st.lists(days, min_size=1), today=days)
@example(run=[date(2000, 1, 1)], today=date(2100, 12, 31))
def test_copied_run_lies_ahead_and_keeps_its_gaps(run, today):
    shift = shift_of(run, today=today)
    copied = [shift.day(day) for day in run]

    assert min(copied) > today
    assert [day.weekday() for day in copied] == [day.weekday() for day in run]
    assert {new - old for old, new in zip(run, copied, strict=True)} == {
        timedelta(weeks=shift.weeks)
    }
    assert shift.weeks > 0
