import pytest
from django.core.exceptions import ValidationError

from accounts.domain.contact import (
    is_link,
    phone_key,
    tidy_digits,
    tidy_email,
    tidy_kana,
    tidy_text,
)
from accounts.forms.fields import NameField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        (" ヤマダ　ハナコ ", "ヤマダ ハナコ"),
        ("ｵｰﾉ", "オーノ"),
        ("ヴァン", "ヴァン"),
    ],
)
def test_kana_becomes_full_width_katakana(typed, kept):
    assert tidy_kana(typed) == kept


def test_rare_characters_of_names_are_kept():
    assert tidy_text(" 𠮷野　髙子 ") == "𠮷野 髙子"


@pytest.mark.parametrize(
    "typed",
    ["0420-12-3456", "０４２０－１２－３４５６", "(0420)12-3456", "+81 420 12 3456"],
)
def test_ways_of_writing_a_phone_number_are_one(typed):
    assert phone_key(typed) == "0420123456"


def test_address_is_lower_case_and_half_width():
    assert tidy_email(" Hanako＠Example.JP ") == "hanako@example.jp"


def test_digits_are_half_width():
    assert tidy_digits("１８０−８７７７") == "1808777"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.jp/", True),
        ("ｈｔｔｐ：／／example.jp", True),
        ("山田 www.example.jp", True),
        ("WWW.EXAMPLE.JP", True),
        ("山田 花子", False),
        ("J. R. Smith", False),
        ("リアス@広田湾", False),
    ],
)
def test_name_that_mails_would_make_a_link_of_is_known(text, expected):
    assert is_link(text) == expected


def test_name_is_not_taken_with_a_link():
    field = NameField(max_length=60)

    assert field.clean(" 山田　太郎 ") == "山田 太郎"
    with pytest.raises(ValidationError):
        field.clean("http://example.jp")
