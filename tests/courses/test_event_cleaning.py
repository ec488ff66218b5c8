"""Dates, times, numbers and telephone numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest

from courses.exchange.event_list import cleaning
from courses.exchange.event_list.cleaning import Unreadable


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-06",
        "2027/2/6",
        "２０２７／２／６",
        "2027.2.6",
        "2027年2月6日",
        "2027年2月6日（土）",
        "令和9年2月6日(土曜日)",
        "R9.2.6",
        "20270206",
        "2027-02-06T00:00:00",
        "2027/02/06 0:00",
        "46424",
    ],
)
def test_read_date_knows_the_ways_of_writing(text):
    assert cleaning.read_date(text) == date(2027, 2, 6)


def test_read_date_knows_the_first_year_of_an_era():
    assert cleaning.read_date("令和元年5月1日") == date(2019, 5, 1)
    assert cleaning.read_date("平成31年4月30日") == date(2019, 4, 30)


def test_read_date_of_nothing_is_none():
    assert cleaning.read_date(" 　") is None


@pytest.mark.parametrize("text", ["2027-02-30", "未定", "2月6日", "毎月", "0", "2027"])
def test_read_date_refuses_what_is_no_date(text):
    with pytest.raises(Unreadable):
        cleaning.read_date(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:30", 570),
        ("09:30:00", 570),
        ("９：３０", 570),
        ("9時30分", 570),
        ("9時半", 570),
        ("9時", 540),
        ("午前9時30分", 570),
        ("午後1時", 780),
        ("午後12時30分", 750),
        ("正午", 720),
        ("0:00", 0),
        ("24:00", 1440),
    ],
)
def test_read_time_gives_minutes(text, minutes):
    assert cleaning.read_time(text) == minutes


@pytest.mark.parametrize(
    "text", ["25:00", "24:01", "9:75", "午後13時", "朝", "10:00-12:00"]
)
def test_read_time_refuses_what_is_no_time(text):
    with pytest.raises(Unreadable):
        cleaning.read_time(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("20", 20), ("２０名", 20), ("1,000円", 1000), ("¥500", 500), ("", None)],
)
def test_read_number_drops_the_unit(text, number):
    assert cleaning.read_number(text) == number


@pytest.mark.parametrize("text", ["20名程度", "-5", "無料", "1.5", "9" * 30])
def test_read_number_refuses_more_than_a_number(text):
    with pytest.raises(Unreadable):
        cleaning.read_number(text)


def test_read_coordinate_keeps_six_places_in_japan():
    assert cleaning.read_coordinate("35.7029", 20, 46) == Decimal("35.702900")
    for text in ("139.5", "NaN", "北緯35度"):
        with pytest.raises(Unreadable):
            cleaning.read_coordinate(text, 20, 46)


def test_phone_is_kept_as_printed_in_half_width():
    assert cleaning.phone("（０４２０）６０－１８３０", "１２３") == "(0420)60-1830 内線123"
    assert cleaning.phone("", "123") == ""


def test_postal_code_is_seven_digits_or_nothing():
    assert cleaning.postal_code("〒１８０－００２２") == "1800022"
    assert cleaning.postal_code("180") == ""


def test_prose_drops_control_characters_and_echoes_only():
    text = "一行目\x00\r\n　二行目　\r\n\r\n\r\n\r\n三行目\n申込期限日: 2027/1/12\n開始日:"

    assert cleaning.prose(text) == "一行目\n二行目\n\n三行目"
    assert cleaning.echoes(text) == {"申込期限日": "2027/1/12"}


def test_key_of_ignores_width_case_space_and_dashes():
    assert cleaning.key_of("ＺＯＯＭ　講座〜入門〜") == cleaning.key_of("zoom 講座～入門-")


def test_fit_marks_what_was_cut():
    assert cleaning.fit("あいう", 3) == ("あいう", False)
    assert cleaning.fit("あいうえ", 3) == ("あい…", True)
