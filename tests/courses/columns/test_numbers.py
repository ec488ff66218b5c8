"""Telephone numbers and postcodes, also after Excel has taken them for numbers."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode


@pytest.fixture
def about():
    return Circumstances(today=date(2026, 11, 21), fiscal_year=2026)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0422-60-1111", "0422-60-1111"),
        ("０４２２‐６０‐１１１１", "0422-60-1111"),
        ("09012345678", "09012345678"),
        ("TEL:0422-60-1111", "0422-60-1111"),
        ("0422-60-1111（自宅）", "0422-60-1111"),
        ("+81 90-1234-5678", "+81 90-1234-5678"),
        ("", ""),
    ],
)
def test_phone_is_kept_as_written(text, phone, about):
    assert Phone().clean(text, about=about) == phone
    assert about.notes == []


@pytest.mark.parametrize(
    ("text", "phone"), [("9012345678", "09012345678"), ("422601111", "0422601111")]
)
def test_first_zero_is_put_back_and_said(text, phone, about):
    assert Phone().clean(text, about=about) == phone
    assert about.notes == [f"電話番号のはじめの0を補いました（{phone}）。"]


@pytest.mark.parametrize("text", ["12345", "601111", "なし", "1234567890123"])
def test_doubtful_phone_is_refused_not_guessed(text, about):
    with pytest.raises(ValueError, match="電話番号として読めません"):
        Phone().clean(text, about=about)


@given(st.from_regex(r"0[789]0[0-9]{8}", fullmatch=True))
def test_mobile_number_survives_a_spreadsheet(number):
    about = Circumstances(today=date(2026, 11, 21), fiscal_year=2026)
    assert Phone().clean(str(int(number)), about=about) == number
    assert len(about.notes) == 1


def told(text):
    """The number, or the sentence by which it is refused."""
    try:
        return Phone().clean(text)
    except ValueError as refused:
        return str(refused)


@given(st.text(max_size=25))
def test_any_text_is_a_number_that_can_be_dialled_or_a_sentence(text):
    found = told(text)
    refused = "電話番号として" in found or "文字が壊れ" in found
    assert found == "" or refused or dialled(found)


def dialled(number):
    return phonenumbers.is_possible_number(phonenumbers.parse(number, "JP"))


def test_postcode_is_seven_digits_with_its_zero(about):
    read = [
        Postcode().clean(text, about=about)
        for text in ("〒180-0022", "１８０００２２", "600001")
    ]
    assert read == ["1800022", "1800022", "0600001"]
    assert about.notes == ["郵便番号のはじめの0を補いました（0600001）。"]
    with pytest.raises(ValueError, match="7けた"):
        Postcode().clean("12345")


def test_count_may_carry_its_unit():
    assert [Number().clean(text) for text in ("30名", "1,200", "３０", "30.0", "")] == [
        30,
        1200,
        30,
        30,
        None,
    ]
    with pytest.raises(ValueError, match="数として読めません"):
        Number().clean("若干名")
