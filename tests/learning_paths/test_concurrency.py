"""A group's people under simultaneous requests; the lock is also shown to be needed."""

import contextlib
import threading
from collections import Counter
from functools import partial

import pytest

from enrollments.models import Notification
from learning_paths.domain import leaving
from learning_paths.domain.facts import GroupFacts
from learning_paths.domain.inviting import invite_members
from learning_paths.domain.joining import accept_invitation
from learning_paths.domain.leaving import leave_group, remove_member
from learning_paths.domain.refusals import (
    AlreadyMember,
    InvitationOver,
    InvitationUsed,
    LastLeader,
)
from learning_paths.domain.registering import apply_for_registration
from learning_paths.models import Group, Membership
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.factories import NOON, GroupFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(transactional_db):
    return GroupFactory(code="midori", name="緑の会")


@pytest.fixture
def two_leaders(group):
    return [MembershipFactory(group=group, role="leader").user for _ in range(2)]


def _kinds(answers):
    return Counter(type(answer) for answer in answers)


def test_people_at_once_use_an_invitation_once(group):
    invited = MembershipFactory(
        group=group, user=None, email="taro@example.jp", state="invited", invited_at=NOON
    )
    calls = [
        partial(accept_invitation, membership=invited, user=UserFactory(), at=NOON)
        for _ in range(6)
    ]
    assert _kinds(together(calls)) == {Membership: 1, InvitationUsed: 5}


def test_one_person_with_two_invitations_joins_once(group):
    person = UserFactory()
    invitations = [
        MembershipFactory(
            group=group,
            user=None,
            email=f"{name}@example.jp",
            state="invited",
            invited_at=NOON,
        )
        for name in ("one", "two")
    ]
    calls = [
        partial(accept_invitation, membership=one, user=person, at=NOON)
        for one in invitations
    ]
    assert _kinds(together(calls)) == {Membership: 1, AlreadyMember: 1}
    assert Membership.objects.filter(user=person, state="active").count() == 1


def test_joining_and_being_removed_at_once_leaves_one_truth(group, two_leaders):
    invited = MembershipFactory(
        group=group, user=None, email="taro@example.jp", state="invited", invited_at=NOON
    )
    joined, removed = together(
        [
            partial(accept_invitation, membership=invited, user=UserFactory(), at=NOON),
            partial(remove_member, membership=invited, by=two_leaders[0], at=NOON),
        ]
    )
    assert isinstance(joined, Membership | InvitationOver)
    assert isinstance(removed, Membership)
    invited.refresh_from_db()
    assert invited.state == "left"


def test_of_two_leaders_leaving_at_once_one_stays(group, two_leaders):
    calls = [partial(leave_group, group=group, by=user, at=NOON) for user in two_leaders]

    assert _kinds(together(calls)) == {Membership: 1, LastLeader: 1}
    left = Membership.objects.filter(group=group, role="leader", state="active")
    assert left.count() == 1


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and both look for another leader before either goes."""
    looked = threading.Barrier(2)
    look = leaving.require_another_leader

    def look_then_wait(membership):
        look(membership)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(1)

    monkeypatch.setattr(leaving, "require_another_leader", look_then_wait)
    monkeypatch.setattr(leaving, "lock_group", lambda pk: Group.objects.get(pk=pk))
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_two_leaders_are_not_served(group, two_leaders):
    calls = [partial(leave_group, group=group, by=user, at=NOON) for user in two_leaders]

    assert _kinds(together(calls)) != {Membership: 1, LastLeader: 1}


def test_two_organisers_inviting_somebody_at_once_send_one_mail(group, two_leaders):
    answers = together(
        [
            partial(
                invite_members, group=group, emails=["taro@example.jp"], by=user, at=NOON
            )
            for user in two_leaders
        ]
    )
    assert sorted(answer.sent for (answer,) in answers) == [False, True]
    assert Notification.objects.count() == 1


def test_form_sent_twice_at_once_makes_one_group(transactional_db):
    founder = UserFactory()
    send = partial(apply_for_registration, facts=GroupFacts("水の会"), by=founder, at=NOON)
    assert {group.pk for group in together([send] * 4)} == {Group.objects.get().pk}


def test_founders_at_once_get_codes_of_their_own(transactional_db):
    calls = [
        partial(
            apply_for_registration,
            facts=GroupFacts("水の会"),
            by=UserFactory(),
            at=NOON,
        )
        for _ in range(5)
    ]
    assert sorted(group.code for group in together(calls)) == [
        f"2026-000{number}" for number in range(1, 6)
    ]
