"""What was probably meant, and what is left alone."""

import pytest

from accounts.domain.mail_hints import PROVIDERS, likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hanako@gmial.com", "hanako@gmail.com"),
        ("hanako@gmai.com", "hanako@gmail.com"),
        ("hanako@gmail.con", "hanako@gmail.com"),
        ("hanako@gmail.co", "hanako@gmail.com"),
        ("hanako@ggmail.com", "hanako@gmail.com"),
        ("hanako@gmail.co.jp", "hanako@gmail.com"),
        ("Hanako@ＧＭＡＩＬ．ｃｏｍｍ", "hanako@gmail.com"),
        ("taro@yaho.co.jp", "taro@yahoo.co.jp"),
        ("taro@yahoo.co.jpp", "taro@yahoo.co.jp"),
        ("taro@docomo.ne.jo", "taro@docomo.ne.jp"),
        ("taro@docomo.co.jp", "taro@docomo.ne.jp"),
        ("taro@ezwbe.ne.jp", "taro@ezweb.ne.jp"),
    ],
)
def test_slip_is_noticed(typed, meant):
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *(f"hanako@{provider}" for provider in PROVIDERS),
        "hanako@ymail.com",
        "hanako@example.jp",
        "hanako@city.midorino.example",
        "hanako@yahoo.com",
        "hanako@au.com",
        "hanako@gmx.com",
        "hanako",
        "@gmial.com",
        "",
    ],
)
def test_what_may_be_right_is_left_alone(typed):
    assert likely_meant(typed) == ""
