import pytest

from accounts.domain.contact import phone_key, tidy_digits, tidy_email, tidy_kana, tidy_text


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
