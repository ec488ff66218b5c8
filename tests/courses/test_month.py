"""A month calendar: whole weeks from Sunday, bounded months, sessions on their days."""

from datetime import date, datetime, timedelta

import pytest

from courses.domain.closing_days import Closure, DaysOff
from courses.domain.month import Month, days_of, read_month, weeks_of
from courses.models import Session

TODAY = date(2026, 11, 21)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


def session(starts: str, ends: str, pk: int = 1) -> Session:
    return Session(pk=pk, starts_at=at(starts), ends_at=at(ends))


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-12", Month(2026, 12)),
        ("2026-1", Month(2026, 1)),
        ("2024-11", Month(2024, 11)),
        ("2028-11", Month(2028, 11)),
        ("2024-10", None),
        ("2028-12", None),
        ("2026-13", None),
        ("2026-00", None),
        ("9999-99", None),
        ("0000-01", None),
        ("99999-01", None),
        ("２０２６-12", None),
        ("2026-12-05", None),
        ("2026-12\n", None),
        ("December", None),
    ],
)
def test_month_is_read_within_two_years(written, month):
    assert read_month(written, today=TODAY) == month


def test_months_follow_each_other_over_the_year():
    december = Month(2026, 12)

    assert (december.later(1), december.later(-12)) == (Month(2027, 1), Month(2025, 12))
    assert (december.first_day, december.last_day) == (
        date(2026, 12, 1),
        date(2026, 12, 31),
    )
    assert Month(2028, 2).last_day == date(2028, 2, 29)
    assert str(Month(2027, 3)) == "2027-03"


def test_weeks_begin_on_sunday_and_are_whole():
    weeks = weeks_of(Month(2026, 12), [], off=DaysOff(), today=TODAY)

    assert [week[0].day for week in weeks] == [
        date(2026, 11, 29) + timedelta(weeks=n) for n in range(5)
    ]
    assert {len(week) for week in weeks} == {7}
    inside = [day.day for week in weeks for day in week if day.is_inside]
    assert (inside[0], inside[-1], len(inside)) == (
        date(2026, 12, 1),
        date(2026, 12, 31),
        31,
    )


def test_sessions_stand_on_their_days_in_order():
    late = session("2026-12-05T18:00", "2026-12-05T20:00", 1)
    early = session("2026-12-05T10:00", "2026-12-05T12:00", 2)
    weeks = weeks_of(Month(2026, 12), [late, early], off=DaysOff(), today=TODAY)

    busy = {day.day: day.sessions for week in weeks for day in week if day.sessions}
    assert busy == {date(2026, 12, 5): (early, late)}


def test_days_of_the_neighbouring_months_stay_empty():
    before = session("2026-11-30T10:00", "2026-11-30T12:00")
    weeks = weeks_of(Month(2026, 12), [before], off=DaysOff(), today=TODAY)

    assert [day.sessions for week in weeks for day in week if day.sessions] == []


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2026-12-05T10:00", "2026-12-05T12:00", [5]),
        ("2026-12-05T22:00", "2026-12-06T00:00", [5]),
        ("2026-12-05T22:00", "2026-12-06T00:30", [5, 6]),
        ("2026-12-05T00:00", "2026-12-08T00:00", [5, 6, 7]),
    ],
)
def test_session_stands_on_every_day_it_touches(starts, ends, days):
    assert [day.day for day in days_of(session(starts, ends))] == days


def test_session_without_end_in_sight_is_cut():
    assert len(days_of(session("2026-12-05T10:00", "2036-12-05T12:00"))) == 63


def test_holidays_and_closing_days_are_named():
    off = DaysOff((Closure("年末年始", date(2020, 12, 29), date(2021, 1, 3), True),))
    weeks = weeks_of(Month(2027, 1), [], off=off, today=TODAY)

    named = {day.day.day: day.off.reason for week in weeks for day in week if day.off}
    assert named == {1: "年末年始", 2: "年末年始", 3: "年末年始", 11: "成人の日"}


def test_today_is_marked_once():
    weeks = weeks_of(Month(2026, 11), [], off=DaysOff(), today=TODAY)

    assert [day.day for week in weeks for day in week if day.is_today] == [TODAY]
