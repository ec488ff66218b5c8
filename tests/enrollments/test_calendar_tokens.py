"""Secret addresses: made once, kept as a digest, revoked alone."""

import hashlib
from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from enrollments.domain.calendar_tokens import (
    MOST_TOKENS,
    CalendarNameMissing,
    TooManyCalendars,
    issue_calendar_token,
    live_tokens,
    open_calendar,
    revoke_calendar_token,
)
from enrollments.models import CalendarToken
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TOKEN = "s3cret-" * 6
HOUR = timedelta(hours=1)


@pytest.fixture
def key(hanako, now):
    return issue_calendar_token(user=hanako, name="スマホ", token=TOKEN, at=now)


def test_issue_keeps_a_digest_and_never_the_token(key, hanako, now):
    assert key.digest == hashlib.sha256(TOKEN.encode()).hexdigest()
    (row,) = CalendarToken.objects.values()
    assert TOKEN not in str(row)
    assert (key.user, key.name, key.created_at) == (hanako, "スマホ", now)


def test_issue_needs_a_name(hanako, now):
    with pytest.raises(CalendarNameMissing):
        issue_calendar_token(user=hanako, name="　 ", token=TOKEN, at=now)


def test_issue_stops_at_the_limit_of_live_ones(hanako, now):
    keys = [
        issue_calendar_token(user=hanako, name="端末", token=f"{TOKEN}{n}", at=now)
        for n in range(MOST_TOKENS)
    ]
    with pytest.raises(TooManyCalendars):
        issue_calendar_token(user=hanako, name="端末", token=TOKEN, at=now)
    revoke_calendar_token(calendar_token=keys[0], by=hanako, at=now)
    assert issue_calendar_token(user=hanako, name="端末", token=TOKEN, at=now).pk


def test_open_finds_the_owner(key, hanako, now):
    assert open_calendar(token=TOKEN, at=now).user == hanako


def test_open_knows_neither_strangers_nor_the_digest_itself(key, now):
    assert open_calendar(token="other", at=now) is None
    assert open_calendar(token=key.digest, at=now) is None


def test_revoked_is_unknown_and_stays_so(key, hanako, now):
    revoked = revoke_calendar_token(calendar_token=key, by=hanako, at=now)
    again = revoke_calendar_token(calendar_token=key, by=hanako, at=now + HOUR)
    assert (revoked.revoked_at, again.revoked_at) == (now, now)
    assert open_calendar(token=TOKEN, at=now) is None
    assert list(live_tokens(hanako)) == []


def test_revoke_is_for_the_owner_only(key, now):
    with pytest.raises(NotAllowed):
        revoke_calendar_token(calendar_token=key, by=UserFactory(), at=now)
    assert open_calendar(token=TOKEN, at=now) == key


def test_revoke_leaves_the_others_alone(key, hanako, now):
    issue_calendar_token(user=hanako, name="自宅", token="second", at=now)
    revoke_calendar_token(calendar_token=key, by=hanako, at=now)
    assert open_calendar(token="second", at=now).name == "自宅"


def test_an_account_that_was_closed_opens_nothing(key, hanako, now):
    hanako.is_active = False
    hanako.save()
    assert open_calendar(token=TOKEN, at=now) is None


def test_use_is_noted_once_an_hour(key, now, django_assert_num_queries):
    with django_assert_num_queries(2):
        open_calendar(token=TOKEN, at=now)
    with django_assert_num_queries(1):
        open_calendar(token=TOKEN, at=now + HOUR - timedelta(seconds=1))
    assert CalendarToken.objects.get().last_used_at == now
    with django_assert_num_queries(2):
        open_calendar(token=TOKEN, at=now + HOUR)
    assert CalendarToken.objects.get().last_used_at == now + HOUR
