"""Secret addresses: made once, kept as a digest, revoked alone."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from accounts.models import StaffProfile
from enrollments.domain.calendar_opening import open_calendar
from enrollments.domain.calendar_tokens import (
    DEFAULT,
    MOST_TOKENS,
    AddressEnded,
    CalendarChoices,
    CalendarNameMissing,
    NoSection,
    TooManyCalendars,
    change_calendar_token,
    issue_calendar_token,
    live_tokens,
    revoke_calendar_token,
    rotate_calendar_token,
)
from enrollments.enums import CalendarClient, CalendarScope
from enrollments.models import CalendarToken
from tests.factories import DepartmentFactory, UserFactory

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


def _acts(key):
    return list(key.steps.values_list("act", "by", "at"))


def test_every_act_leaves_a_trace(key, hanako, now):
    change_calendar_token(
        calendar_token=key, name="タブレット", choices=DEFAULT, by=hanako, at=now + HOUR
    )
    rotate_calendar_token(calendar_token=key, token="new", by=hanako, at=now + 2 * HOUR)
    revoke_calendar_token(calendar_token=key, by=hanako, at=now + 3 * HOUR)
    revoke_calendar_token(calendar_token=key, by=hanako, at=now + 4 * HOUR)
    assert _acts(key) == [
        ("issued", hanako.pk, now),
        ("changed", hanako.pk, now + HOUR),
        ("rotated", hanako.pk, now + 2 * HOUR),
        ("revoked", hanako.pk, now + 3 * HOUR),
    ]


def test_a_name_alone_is_no_revision(key, hanako, now):
    renamed = change_calendar_token(
        calendar_token=key, name=" 自宅 ", choices=DEFAULT, by=hanako, at=now
    )
    assert (renamed.name, renamed.revision, renamed.revised_at) == ("自宅", 0, None)


def test_choices_count_as_a_revision_once(key, hanako, now):
    choices = CalendarChoices(with_waiting=False)
    for hours in (1, 2):
        changed = change_calendar_token(
            calendar_token=key,
            name=key.name,
            choices=choices,
            by=hanako,
            at=now + hours * HOUR,
        )
    assert (changed.revision, changed.revised_at) == (1, now + HOUR)
    assert (changed.with_waiting, changed.with_link) == (False, True)


def test_a_name_is_not_taken_away(key, hanako, now):
    with pytest.raises(CalendarNameMissing):
        change_calendar_token(
            calendar_token=key, name=" ", choices=DEFAULT, by=hanako, at=now
        )


def test_rotation_ends_the_former_address_at_once(key, hanako, now):
    open_calendar(token=TOKEN, at=now, client=CalendarClient.GOOGLE)
    rotate_calendar_token(calendar_token=key, token="new", by=hanako, at=now)
    assert open_calendar(token=TOKEN, at=now) is None
    opened = open_calendar(token="new", at=now)
    assert (opened.pk, opened.name) == (key.pk, "スマホ")
    assert opened.last_used_at is None, "the new address was not used before"


def test_only_the_owner_changes_and_rotates(key, now):
    with pytest.raises(NotAllowed):
        rotate_calendar_token(calendar_token=key, token="x", by=UserFactory(), at=now)
    with pytest.raises(NotAllowed):
        change_calendar_token(
            calendar_token=key, name="x", choices=DEFAULT, by=UserFactory(), at=now
        )
    assert open_calendar(token=TOKEN, at=now) == key


def test_what_was_revoked_comes_back_in_no_way(key, hanako, now):
    revoke_calendar_token(calendar_token=key, by=hanako, at=now)
    with pytest.raises(AddressEnded):
        rotate_calendar_token(calendar_token=key, token="new", by=hanako, at=now)
    with pytest.raises(AddressEnded):
        change_calendar_token(
            calendar_token=key, name="x", choices=DEFAULT, by=hanako, at=now
        )
    assert open_calendar(token="new", at=now) is None


def test_kind_of_program_is_noted_with_the_use(key, now):
    open_calendar(token=TOKEN, at=now, client=CalendarClient.APPLE)
    noted = CalendarToken.objects.get()
    assert (noted.last_used_at, noted.last_client) == (now, CalendarClient.APPLE)


def test_section_calendar_is_for_who_works_there(officer, hanako, department, now):
    key = issue_calendar_token(
        user=officer, name="係", token=TOKEN, at=now, scope=CalendarScope.SECTION
    )
    assert open_calendar(token=TOKEN, at=now).department == department
    with pytest.raises(NoSection):
        issue_calendar_token(
            user=hanako, name="係", token="h", at=now, scope=CalendarScope.SECTION
        )
    StaffProfile.objects.filter(user=officer).update(department=DepartmentFactory())
    assert open_calendar(token=TOKEN, at=now) is None, "moved to another section"
    StaffProfile.objects.filter(user=officer).delete()
    assert open_calendar(token=TOKEN, at=now) is None, "no longer staff"
    assert live_tokens(officer).get() == key


def test_a_section_calendar_without_section_is_refused_by_the_database(key):
    with pytest.raises(IntegrityError, match="section_named"), transaction.atomic():
        CalendarToken.objects.update(scope=CalendarScope.SECTION)
    CalendarToken.objects.update(
        scope=CalendarScope.SECTION, department=DepartmentFactory()
    )


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [({"revision": 1}, {"revision": 1, "revised_at": HOUR})],
)
def test_revisions_are_dated(key, now, forbidden, allowed):
    found = CalendarToken.objects.filter(pk=key.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(**forbidden)
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(revised_at=now)
    assert found.update(**allowed | {"revised_at": now + HOUR}) == 1
