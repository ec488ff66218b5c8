"""Which days are off, and why."""

from datetime import date

import pytest

from courses.domain.closing_days import Closure, DayOff, DaysOff, read_days_off
from courses.models import ClosingDay
from tests.factories import VenueFactory

NEW_YEAR = Closure("年末年始", date(2020, 12, 29), date(2021, 1, 3), is_yearly=True)
MAINTENANCE = Closure("設備の点検", date(2026, 12, 10), date(2026, 12, 11), venue=1)
DAYS = DaysOff((NEW_YEAR, MAINTENANCE), ((1, frozenset({1})),))


@pytest.mark.parametrize(
    ("day", "venue", "reason"),
    [
        (date(2026, 12, 28), None, None),
        (date(2026, 12, 29), None, "年末年始"),
        (date(2027, 1, 3), None, "年末年始"),
        (date(2027, 1, 4), None, None),
        (date(2026, 12, 10), 1, "設備の点検"),
        (date(2026, 12, 10), 2, None),
        (date(2027, 12, 10), 1, None),
        (date(2026, 12, 14), 1, "会場の休館日（月曜日）"),
        (date(2026, 12, 14), None, None),
        (date(2026, 11, 3), None, "文化の日"),
    ],
)
def test_day_is_off_for_its_reason(day, venue, reason):
    off = DAYS.on(day, venue)
    assert (off.reason if off else None) == reason


def test_only_a_holiday_may_be_wanted():
    assert DAYS.on(date(2026, 11, 3)) == DayOff(
        date(2026, 11, 3), "文化の日", is_holiday=True
    )
    first = DAYS.on(date(2027, 1, 1))
    assert (first.reason, first.is_holiday) == ("年末年始", False)


def test_yearly_closing_longer_than_a_year_covers_all_of_it():
    ever = Closure("閉館", date(2020, 1, 1), date(2021, 6, 1), is_yearly=True)
    assert ever.covers(date(2030, 9, 9))


def test_yearly_closing_inside_one_year():
    summer = Closure("夏季休館", date(2020, 8, 13), date(2020, 8, 15), is_yearly=True)
    assert [summer.covers(date(2030, 8, day)) for day in (12, 13, 15, 16)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.django_db
def test_days_off_are_read_for_the_venues_asked_for(django_assert_num_queries):
    ClosingDay.objects.all().delete()
    ours, other = VenueFactory(closed_weekdays="27"), VenueFactory(closed_weekdays="1")
    day = date(2026, 12, 10)
    for name, venue in (("市の休み", None), ("点検", ours), ("よその休み", other)):
        ClosingDay.objects.create(name=name, first_day=day, last_day=day, venue=venue)

    with django_assert_num_queries(1):
        found = read_days_off([ours, None, ours])

    assert [closure.name for closure in found.closures] == ["市の休み", "点検"]
    assert found.weekdays == ((ours.pk, frozenset({2, 7})),)
