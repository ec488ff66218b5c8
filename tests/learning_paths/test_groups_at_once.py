"""Merging, handing over and sending members at one moment; the locks are also shown to
be needed."""

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from courses.enums import PoolKind
from enrollments.domain.audit import differences
from enrollments.domain.refusals import AlreadyApplied, RunFull
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application
from learning_paths.domain.ending import merge_groups
from learning_paths.domain.joining import accept_invitation
from learning_paths.domain.refusals import InvitationOver, NotTheLeader
from learning_paths.domain.roles import hand_over_leadership
from learning_paths.domain.sending_members import HavePlaces, Sent, apply_for_members
from learning_paths.models import Membership
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.factories import (
    NOON,
    CourseRunFactory,
    GroupFactory,
    MembershipFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lake(taro):
    group = GroupFactory(code="mizu", name="水の会")
    MembershipFactory(group=group, user=taro, email=taro.email, role="leader")
    return group


def test_joining_a_group_as_it_is_merged_leads_to_the_other(
    group, lake, leader, invited, hanako, officer
):
    joined, kept = together(
        [
            partial(accept_invitation, membership=invited, user=hanako, at=NOON),
            partial(merge_groups, group=group, into=lake, why="合同", by=officer, at=NOON),
        ]
    )

    assert kept == lake
    invited.refresh_from_db()
    assert invited.state == "left"
    if isinstance(joined, Membership):
        assert lake.memberships.get(user=hanako).state == "active"
    else:
        assert isinstance(joined, InvitationOver)
        assert lake.memberships.filter(email=invited.email).count() == 1


def _handed_over(leader, *successors):
    by = leader.user
    return [partial(hand_over_leadership, to=to, by=by, at=NOON) for to in successors]


def _leaders(group):
    return group.memberships.filter(role="leader", state="active").count()


def test_handed_over_to_two_at_once_there_is_one_leader(group, leader, coordinator, member):
    answers = together(_handed_over(leader, coordinator, member))

    assert {type(one) for one in answers} == {Membership, NotTheLeader}
    assert _leaders(group) == 1


def test_control_without_the_lock_both_lead(group, leader, coordinator, member):
    with unguarded(look="learning_paths.domain.roles.require_leader"):
        answers = together(_handed_over(leader, coordinator, member))

    assert _leaders(group) == 2 or any(
        isinstance(one, Exception) and not isinstance(one, NotTheLeader) for one in answers
    )


@pytest.fixture
def run(db):
    run = CourseRunFactory(waiting_list=False)
    SeatPoolFactory(run=run, kind=PoolKind.GENERAL, capacity=3)
    SessionFactory(run=run, number=1)
    return run


def _sends(run, membership, *members):
    user = membership.user
    own = PersonName(
        user.last_name, user.first_name, user.last_name_kana, user.first_name_kana
    )
    return partial(
        apply_for_members,
        group=membership.group,
        run=run,
        sent=Sent(members, None),
        request=SeatRequest(applicant=own, email=user.email, submission_key=uuid4()),
        by=user,
        at=NOON,
    )


def _on_paper(group, name):
    return MembershipFactory(
        group=group,
        user=None,
        email="",
        family_name="会員",
        given_name=name,
        family_name_kana="カイイン",
        given_name_kana=name,
    )


def test_two_groups_for_the_last_places_one_gets_all_it_asked_for(run, lake, leader):
    calls = []
    for own, names in ((leader, "アイ"), (lake.memberships.get(), "ウエ")):
        calls.append(_sends(run, own, *(_on_paper(own.group, name) for name in names)))
    answers = Counter(type(one) for one in together(calls))

    assert answers == {Application: 1, RunFull: 1}
    assert Application.objects.get().seats == run.pools.get().seats_taken == 2
    assert differences() == []


def test_member_of_two_groups_has_one_place(run, lake, leader, hanako, member):
    other = MembershipFactory(group=lake, user=hanako, email=hanako.email)
    answers = together(
        [
            _sends(run, leader, member),
            _sends(run, lake.memberships.get(role="leader"), other),
        ]
    )

    assert {type(one) for one in answers} <= {Application, AlreadyApplied, HavePlaces}
    assert [type(one) for one in answers].count(Application) == 1
    assert run.pools.get().seats_taken == 1
    assert differences() == []


def test_two_organisers_who_send_the_same_people_send_them_once(
    run, leader, coordinator, member
):
    answers = together([_sends(run, one, member) for one in (leader, coordinator)])

    assert {type(one) for one in answers} == {Application, HavePlaces}
    assert run.pools.get().seats_taken == 1


def test_control_without_the_lock_neither_is_told_of_the_other(
    run, leader, coordinator, member
):
    calls = [_sends(run, one, member) for one in (leader, coordinator)]
    with unguarded(look="learning_paths.domain.sending_members._require_without_places"):
        answers = together(calls)

    assert not any(isinstance(one, HavePlaces) for one in answers)
