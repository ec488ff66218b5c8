from datetime import UTC, date, datetime

import pytest

from courses.domain.fiscal_year import era_year, fiscal_year_label, fiscal_year_of


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_fiscal_year_begins_in_april(day, year):
    assert fiscal_year_of(day) == year


def test_fiscal_year_of_a_moment_is_that_of_the_day_in_tokyo():
    assert fiscal_year_of(datetime(2026, 3, 31, 14, 59, tzinfo=UTC)) == 2025
    assert fiscal_year_of(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)) == 2026


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 1), "令和8"),
        (date(2019, 5, 1), "令和元"),
        (date(2019, 4, 30), "平成31"),
        (date(1989, 1, 8), "平成元"),
        (date(1989, 1, 7), "昭和64"),
        (date(1926, 12, 25), "昭和元"),
        (date(1926, 12, 24), "大正15"),
        (date(1912, 7, 30), "大正元"),
        (date(1912, 7, 29), "明治45"),
        (date(1873, 1, 1), "明治6"),
        (date(1872, 12, 31), "1872"),
    ],
)
def test_era_changes_on_its_first_day(day, words):
    assert era_year(day) == words


def test_label_follows_the_era_of_the_first_of_april():
    assert fiscal_year_label(2026) == "令和8年度"
    assert fiscal_year_label(2019) == "平成31年度"
    assert fiscal_year_label(2020) == "令和2年度"
