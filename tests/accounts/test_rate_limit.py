from datetime import timedelta

import pytest
from django.core.cache import cache

from accounts.domain.rate_limit import TooManyRequests, count_attempt, parse_rate


@pytest.fixture(autouse=True)
def _three_in_ten_minutes(settings):
    cache.clear()
    settings.RULES_OF_USE = {"apply": "3/10m"}


def test_attempts_beyond_the_rate_are_refused_with_the_time_to_wait(now):
    for _ in range(3):
        count_attempt(rule="apply", who="192.0.2.1", at=now)

    with pytest.raises(TooManyRequests) as refusal:
        count_attempt(rule="apply", who="192.0.2.1", at=now + timedelta(minutes=1))
    assert refusal.value.retry_after == 540


def test_other_addresses_are_not_concerned(now):
    for _ in range(3):
        count_attempt(rule="apply", who="192.0.2.1", at=now)
    count_attempt(rule="apply", who="192.0.2.2", at=now)


def test_next_window_starts_afresh(now):
    for _ in range(3):
        count_attempt(rule="apply", who="192.0.2.1", at=now)
    count_attempt(rule="apply", who="192.0.2.1", at=now + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("text", "rate"), [("30/10m", (30, 600)), ("5/s", (5, 1)), ("100/2h", (100, 7200))]
)
def test_rate_is_read_from_settings(text, rate):
    assert parse_rate(text) == rate
