import pytest

from learning_paths.domain.leaving import leave_group, remove_member
from learning_paths.domain.refusals import (
    HasLeft,
    LastLeader,
    NotAMember,
    NotAnOrganiser,
    NotTheLeader,
)
from learning_paths.domain.roles import change_role
from learning_paths.enums import MemberRole
from learning_paths.models import Membership
from tests.factories import MembershipFactory


@pytest.mark.usefixtures("leader")
def test_member_leaves(group, member, hanako, now):
    leave_group(group=group, by=hanako, at=now)

    member.refresh_from_db()
    assert (member.state, member.left_at, member.user) == ("left", now, hanako)


def test_outsider_has_nothing_to_leave(group, taro, now):
    with pytest.raises(NotAMember):
        leave_group(group=group, by=taro, at=now)


@pytest.mark.usefixtures("leader", "member")
def test_last_leader_does_not_leave(group, keiko, now):
    with pytest.raises(LastLeader):
        leave_group(group=group, by=keiko, at=now)
    assert Membership.objects.get(user=keiko).state == "active"


@pytest.mark.usefixtures("leader")
def test_leader_leaves_while_there_is_another(group, member, keiko, now):
    change_role(membership=member, role=MemberRole.LEADER, by=keiko, at=now)
    leave_group(group=group, by=keiko, at=now)

    assert Membership.objects.get(user=keiko).state == "left"


@pytest.mark.usefixtures("leader")
def test_leader_whose_account_is_closed_does_not_count(group, taro, keiko, now):
    taro.is_active = False
    taro.save()
    MembershipFactory(group=group, user=taro, role="leader")

    with pytest.raises(LastLeader):
        leave_group(group=group, by=keiko, at=now)


@pytest.mark.usefixtures("leader", "coordinator")
def test_organisers_remove_members_and_invitations(member, invited, keiko, jiro, now):
    assert remove_member(membership=member, by=jiro, at=now).state == "left"
    assert remove_member(membership=invited, by=keiko, at=now).state == "left"


@pytest.mark.usefixtures("leader")
def test_only_the_leader_removes_an_organiser(group, coordinator, taro, keiko, now):
    MembershipFactory(group=group, user=taro, role="coordinator")
    with pytest.raises(NotTheLeader):
        remove_member(membership=coordinator, by=taro, at=now)

    assert remove_member(membership=coordinator, by=keiko, at=now).state == "left"


@pytest.mark.usefixtures("coordinator")
def test_coordinator_does_not_remove_the_leader(leader, jiro, now):
    with pytest.raises(NotTheLeader):
        remove_member(membership=leader, by=jiro, at=now)


def test_leader_does_not_remove_herself_as_the_last(leader, keiko, now):
    with pytest.raises(LastLeader):
        remove_member(membership=leader, by=keiko, at=now)


@pytest.mark.usefixtures("leader")
def test_member_and_outsider_remove_nobody(coordinator, member, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        remove_member(membership=coordinator, by=hanako, at=now)
    with pytest.raises(NotAMember):
        remove_member(membership=member, by=taro, at=now)


@pytest.mark.usefixtures("leader")
def test_removing_again_says_so(member, keiko, now):
    remove_member(membership=member, by=keiko, at=now)
    with pytest.raises(HasLeft):
        remove_member(membership=member, by=keiko, at=now)


def test_leader_of_another_group_removes_nobody_here(member, taro, now):
    MembershipFactory(user=taro, role="leader")
    with pytest.raises(NotAMember):
        remove_member(membership=member, by=taro, at=now)
