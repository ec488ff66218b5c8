"""Dates, times and money in the words of the bulletin and in English."""

from datetime import UTC, date, datetime

import pytest

from courses.domain.wording import (
    day_words,
    moment_words,
    range_words,
    time_words,
    yen_words,
)
from tests.conftest import TOKYO

TODAY = date(2026, 11, 21)


def at(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 5), "12月5日（土）"),
        (date(2026, 12, 6), "12月6日（日）"),
        (date(2026, 12, 7), "12月7日（月）"),
        (date(2026, 4, 1), "4月1日（水）"),
        (date(2027, 3, 31), "3月31日（水）"),
        (date(2026, 3, 31), "2026年3月31日（火）"),
        (date(2027, 4, 1), "2027年4月1日（木）"),
    ],
)
def test_day_shows_its_year_only_outside_this_fiscal_year(day, words):
    assert day_words(day, today=TODAY) == words


def test_fiscal_year_of_january_is_that_of_last_april():
    assert day_words(date(2026, 4, 1), today=date(2027, 1, 10)) == "4月1日（水）"
    assert day_words(date(2027, 4, 1), today=date(2027, 1, 10)) == "2027年4月1日（木）"


def test_day_of_a_moment_is_the_day_in_tokyo():
    evening_in_utc = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)

    assert day_words(evening_in_utc, today=TODAY) == "12月5日（土）"
    assert time_words(evening_in_utc) == "0:00"


def test_day_in_english_always_has_its_year():
    assert day_words(date(2026, 12, 5), today=TODAY, english=True) == "Sat 5 Dec 2026"


def test_moment_has_day_and_time():
    moment = at(2026, 12, 5, 9, 5)

    assert moment_words(moment, today=TODAY) == "12月5日（土）9:05"
    assert moment_words(moment, today=TODAY, english=True) == "Sat 5 Dec 2026, 9:05"


def test_range_within_a_day_names_the_day_once():
    begin, end = at(2026, 12, 5, 10), at(2026, 12, 5, 12)

    assert range_words(begin, end, today=TODAY) == "12月5日（土）10:00〜12:00"
    assert (
        range_words(begin, end, today=TODAY, english=True) == "Sat 5 Dec 2026, 10:00–12:00"
    )


def test_range_over_midnight_names_both_days():
    begin, end = at(2026, 12, 5, 22), at(2026, 12, 6, 1, 30)

    assert range_words(begin, end, today=TODAY) == "12月5日（土）22:00〜12月6日（日）1:30"


def test_money_has_thousands_apart():
    assert yen_words(1500) == "1,500円"
    assert yen_words(1500, english=True) == "¥1,500"
