"""A week from Sunday to Saturday, and what is to come day by day."""

from datetime import date

import pytest

from courses.domain.agenda import days_ahead
from courses.domain.closing_days import Closure, DaysOff
from courses.domain.week import Week, days_of_week, is_week_within_reach, read_week
from tests.courses.test_month import TODAY, session


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-28", date(2026, 11, 22)),
        ("2026-11-21", date(2026, 11, 15)),
        ("2028-11-30", date(2028, 11, 26)),
        ("2028-12-01", None),
        ("2024-10-31", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("2026-02-30", None),
        ("x", None),
        ("", None),
    ],
)
def test_any_day_names_its_week(written, first):
    assert read_week(written, today=TODAY) == (first and Week(first))


def test_week_knows_its_days_and_its_neighbours():
    week = Week.of(TODAY)

    assert (week.first_day, week.last_day) == (date(2026, 11, 15), TODAY)
    assert week.days[-1] == TODAY
    assert (str(week.later(1)), str(week.later(-1))) == ("2026-11-22", "2026-11-08")
    assert is_week_within_reach(week, today=TODAY)
    assert not is_week_within_reach(week.later(200), today=TODAY)


def test_week_has_all_seven_days_with_holidays_and_sessions():
    off = DaysOff((Closure("館内整理", date(2026, 11, 17), date(2026, 11, 17)),))
    evening = session("2026-11-16 19:00", "2026-11-16 21:00", pk=2)
    morning = session("2026-11-16 09:00", "2026-11-16 10:00", pk=3)
    weekend = session("2026-11-20 13:00", "2026-11-21 12:00", pk=4)

    days = days_of_week(Week.of(TODAY), [evening, weekend, morning], off=off, today=TODAY)

    assert [[one.pk for one in day.sessions] for day in days] == [
        [], [3, 2], [], [], [], [4], [4],
    ]  # fmt: skip
    assert [day.off.reason for day in days if day.off] == ["館内整理"]
    assert [day.day for day in days if day.is_today] == [TODAY]


def test_session_to_come_stands_once_and_never_before_today():
    begun = session("2026-11-19 10:00", "2026-11-22 16:00", pk=1)
    today = session("2026-11-21 18:00", "2026-11-21 19:00", pk=2)
    later = session("2026-12-01 10:00", "2026-12-02 12:00", pk=3)

    days = days_ahead([begun, today, later], begin=TODAY, off=DaysOff(), today=TODAY)

    assert [(day.day, [one.pk for one in day.sessions]) for day in days] == [
        (TODAY, [1, 2]),
        (date(2026, 12, 1), [3]),
    ]
    assert [day.is_today for day in days] == [True, False]


def test_without_a_beginning_past_days_stand_where_they_were():
    past = session("2026-04-01 10:00", "2026-04-01 12:00")

    (day,) = days_ahead([past], begin=None, off=DaysOff(), today=TODAY)

    assert day.day == date(2026, 4, 1)
