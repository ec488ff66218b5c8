from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from learning_paths.domain.joining import (
    INVITATION_LASTS,
    accept_invitation,
    decline_invitation,
    invitations_for,
    is_addressed_to,
)
from learning_paths.domain.leaving import remove_member
from learning_paths.domain.refusals import (
    AlreadyMember,
    GroupClosed,
    InvitationOver,
    InvitationUsed,
)
from learning_paths.models import Group, Membership
from tests.factories import MembershipFactory
from tests.learning_paths.closing import close


def test_accepting_makes_a_member(invited, taro, now):
    accept_invitation(membership=invited, user=taro, at=now)

    invited.refresh_from_db()
    assert (invited.user, invited.state, invited.joined_at, invited.role) == (
        taro,
        "active",
        now,
        "member",
    )


def test_accepting_twice_by_the_same_person_changes_nothing(invited, taro, now):
    accept_invitation(membership=invited, user=taro, at=now)
    later = now + timedelta(days=1)

    assert accept_invitation(membership=invited, user=taro, at=later).joined_at == now


def test_second_person_cannot_use_an_invitation(invited, taro, hanako, now):
    accept_invitation(membership=invited, user=taro, at=now)
    with pytest.raises(InvitationUsed):
        accept_invitation(membership=invited, user=hanako, at=now)

    invited.refresh_from_db()
    assert invited.user == taro


@pytest.mark.usefixtures("member")
def test_member_does_not_use_up_another_invitation(invited, hanako, now):
    with pytest.raises(AlreadyMember):
        accept_invitation(membership=invited, user=hanako, at=now)

    invited.refresh_from_db()
    assert invited.state == "invited"


@pytest.mark.usefixtures("leader")
def test_cancelled_invitation_is_over(invited, keiko, taro, now):
    remove_member(membership=invited, by=keiko, at=now)
    with pytest.raises(InvitationOver):
        accept_invitation(membership=invited, user=taro, at=now)


def test_invitation_ends_after_thirty_days(invited, taro):
    last = invited.invited_at + INVITATION_LASTS
    with pytest.raises(InvitationOver):
        accept_invitation(membership=invited, user=taro, at=last + timedelta(seconds=1))

    assert accept_invitation(membership=invited, user=taro, at=last).state == "active"


def test_invitation_sent_anew_since_the_page_was_opened_is_over(invited, taro, now):
    Membership.objects.filter(pk=invited.pk).update(invited_at=now)
    with pytest.raises(InvitationOver):
        accept_invitation(membership=invited, user=taro, at=now)


def test_closed_group_takes_nobody_in(invited, taro, now):
    close(Group.objects.get())
    with pytest.raises(GroupClosed):
        accept_invitation(membership=invited, user=taro, at=now)


def test_declining_ends_the_invitation(invited, taro, now):
    decline_invitation(membership=invited, at=now)

    invited.refresh_from_db()
    assert (invited.state, invited.left_at, invited.user) == ("left", now, None)
    with pytest.raises(InvitationOver):
        accept_invitation(membership=invited, user=taro, at=now)


def test_declining_does_not_undo_joining(invited, taro, now):
    accept_invitation(membership=invited, user=taro, at=now)
    with pytest.raises(InvitationUsed):
        decline_invitation(membership=invited, at=now)


def test_invitation_is_addressed_to_confirmed_addresses_only(invited, taro, hanako):
    assert is_addressed_to(invited, taro)
    assert not is_addressed_to(invited, hanako)

    EmailAddress.objects.filter(user=taro).update(verified=False)
    assert not is_addressed_to(invited, taro)


def test_own_invitations_are_found_while_they_are_open(invited, taro, hanako, now):
    assert invitations_for(taro, at=now) == [invited]
    assert invitations_for(hanako, at=now) == []
    assert invitations_for(taro, at=now + INVITATION_LASTS) == []


def test_own_invitations_leave_out_groups_joined_otherwise(group, invited, taro, now):
    MembershipFactory(group=group, user=taro, email="other@example.jp")

    assert invitations_for(taro, at=now) == []


def test_database_refuses_a_person_twice_in_a_group(group, member, hanako):
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(group=group, user=hanako)

    Membership.objects.filter(pk=member.pk).update(state="left")
    assert MembershipFactory(group=group, user=hanako).pk


def test_database_refuses_a_member_without_account(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(group=group, user=None, state="active")

    assert MembershipFactory(group=group, user=None, state="invited").pk
