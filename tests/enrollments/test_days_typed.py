"""A day of birth is read in every way people write it, and refused in words."""

from datetime import date

import pytest

from enrollments.domain.days_typed import DayUnclear, day_in, day_of

MARCH = date(1954, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "1954-3-2",
        "1954/03/02",
        "1954.3.2",
        "１９５４年３月２日",
        "19540302",
        "昭和29.3.2",
        "昭和29年3月2日",
        "昭和２９－３－２",
        "昭和29（1954）年3月2日",
        "S290302",
        "s29.3.2",
        "S29-03-02",
        " S.29.3.2 ",
    ],
)
def test_one_day_in_many_ways(typed):
    assert day_in(typed) == MARCH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("H1.1.8", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("T15.12.24", date(1926, 12, 24)),
        ("R060229", date(2024, 2, 29)),
    ],
)
def test_eras_begin_and_end(typed, day):
    assert day_in(typed) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("290302", "のように入力してください"),
        ("らいねん", "のように入力してください"),
        ("29-3-2", "元号をえらぶか、西暦4けた"),
        ("1954-2-30", "2月30日という日はありません"),
        ("昭和65.3.2", "昭和65年3月はありません"),
        ("平成31.6.1", "平成31年6月はありません"),
        ("平成元.0.1", "という日はありません"),
    ],
)
def test_what_is_no_day_says_why(typed, why):
    with pytest.raises(DayUnclear) as refused:
        day_in(typed)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("era", "year"), [("", "1954"), ("昭和", "29"), ("", "昭和29"), ("", "Ｓ２９年")]
)
def test_year_in_parts_takes_either_way(era, year):
    assert day_of(era=era, year=year, month="3月", day="０２") == MARCH


def test_era_that_never_was_is_refused_in_words():
    with pytest.raises(DayUnclear):
        day_of(era="x", year="29", month="3", day="2")


def test_missing_parts_are_named():
    with pytest.raises(DayUnclear) as refused:
        day_of(era="昭和", year="29", month="", day="x")
    assert str(refused.value) == "生年月日の「月・日」を数字で入力してください。"
