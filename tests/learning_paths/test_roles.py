import pytest

from learning_paths.domain.leaving import leave_group
from learning_paths.domain.refusals import (
    GroupClosed,
    HasLeft,
    LastLeader,
    NoAccountYet,
    NotAMember,
    NotTheLeader,
    NotYetJoined,
)
from learning_paths.domain.roles import change_role, hand_over_leadership
from learning_paths.enums import MemberRole
from learning_paths.models import Group
from tests.factories import MembershipFactory, UserFactory
from tests.learning_paths.closing import close


@pytest.mark.usefixtures("leader")
@pytest.mark.parametrize("role", MemberRole)
def test_leader_gives_roles(role, member, keiko, now):
    change_role(membership=member, role=role, by=keiko, at=now)

    member.refresh_from_db()
    assert member.role == role


@pytest.mark.usefixtures("leader", "coordinator")
def test_others_give_no_roles(member, jiro, hanako, taro, now):
    for person in (jiro, hanako):
        with pytest.raises(NotTheLeader):
            change_role(membership=member, role=MemberRole.LEADER, by=person, at=now)
    with pytest.raises(NotAMember):
        change_role(membership=member, role=MemberRole.LEADER, by=taro, at=now)


def test_last_leader_stays_leader(leader, keiko, now):
    with pytest.raises(LastLeader):
        change_role(membership=leader, role=MemberRole.MEMBER, by=keiko, at=now)

    assert change_role(membership=leader, role=MemberRole.LEADER, by=keiko, at=now)


def test_one_of_two_leaders_may_step_back(leader, member, keiko, now):
    change_role(membership=member, role=MemberRole.LEADER, by=keiko, at=now)
    change_role(membership=leader, role=MemberRole.MEMBER, by=keiko, at=now)

    leader.refresh_from_db()
    assert leader.role == "member"


@pytest.mark.usefixtures("leader")
def test_invitation_gets_no_role(invited, keiko, now):
    with pytest.raises(NotYetJoined):
        change_role(membership=invited, role=MemberRole.LEADER, by=keiko, at=now)
    with pytest.raises(NotYetJoined):
        hand_over_leadership(to=invited, by=keiko, at=now)


@pytest.mark.usefixtures("leader")
def test_somebody_who_left_gets_no_role(group, member, hanako, keiko, now):
    leave_group(group=group, by=hanako, at=now)
    with pytest.raises(HasLeft):
        hand_over_leadership(to=member, by=keiko, at=now)


def test_handing_over_changes_both_at_once(leader, member, keiko, now):
    hand_over_leadership(to=member, by=keiko, at=now)

    leader.refresh_from_db()
    member.refresh_from_db()
    assert (leader.role, member.role) == ("member", "leader")


@pytest.mark.usefixtures("leader", "coordinator")
def test_only_the_leader_hands_over(member, jiro, now):
    with pytest.raises(NotTheLeader):
        hand_over_leadership(to=member, by=jiro, at=now)


@pytest.mark.usefixtures("leader")
@pytest.mark.parametrize("account", [None, "closed"])
def test_leadership_is_not_left_with_nobody_who_can_act(group, keiko, now, account):
    user = UserFactory(is_active=False) if account else None
    paper = MembershipFactory(group=group, user=user, email="", family_name="井上")
    with pytest.raises(NoAccountYet):
        hand_over_leadership(to=paper, by=keiko, at=now)

    paper.refresh_from_db()
    assert paper.role == "member"


def test_handing_over_to_oneself_changes_nothing(leader, keiko, now):
    hand_over_leadership(to=leader, by=keiko, at=now)

    leader.refresh_from_db()
    assert leader.role == "leader"


@pytest.mark.usefixtures("leader")
def test_closed_group_changes_no_roles(member, keiko, now):
    close(Group.objects.get())
    with pytest.raises(GroupClosed):
        change_role(membership=member, role=MemberRole.LEADER, by=keiko, at=now)
    with pytest.raises(GroupClosed):
        hand_over_leadership(to=member, by=keiko, at=now)
