from uuid import uuid4

import pytest

from learning_paths.domain.ending import dissolve_group, merge_groups
from learning_paths.domain.following import follow_path, unfollow_path
from learning_paths.domain.joining import accept_invitation
from learning_paths.domain.links import invitation_token, membership_for
from learning_paths.domain.making import StepDraft
from learning_paths.domain.queries import members_of
from learning_paths.domain.refusals import (
    NotAnOrganiser,
    NotTheLeader,
    ReasonMissing,
    SameGroup,
)
from learning_paths.domain.standings import standings_on_paths
from learning_paths.domain.versions import arrange_steps, steps_of
from learning_paths.models import Group, Path
from tests.factories import (
    CourseFactory,
    GroupFactory,
    MembershipFactory,
    PathFactory,
    PathVersionFactory,
)
from tests.learning_paths.closing import close
from tests.learning_paths.completions import complete
from tests.learning_paths.told import told


@pytest.fixture
def lake(taro) -> Group:
    """水の会, led by Taro."""
    group = GroupFactory(code="mizu", name="水の会")
    MembershipFactory(group=group, user=taro, email=taro.email, role="leader")
    return group


def _present(group: Group) -> list[tuple[str, str, str]]:
    present = group.memberships.exclude(state="left").order_by("email")
    return list(present.values_list("email", "role", "state"))


@pytest.mark.usefixtures("leader", "coordinator")
def test_leader_ends_the_group_with_a_reason(group, keiko, jiro, now):
    with pytest.raises(NotTheLeader):
        dissolve_group(group=group, why="解散", by=jiro, at=now)
    with pytest.raises(ReasonMissing):
        dissolve_group(group=group, why="", by=keiko, at=now)
    dissolve_group(group=group, why="活動を終えます", by=keiko, at=now)

    group.refresh_from_db()
    assert (group.state, group.moves.last().why) == ("closed", "活動を終えます")
    assert told("jiro@example.jp") == ["「緑の会」の登録を終えました"]


@pytest.mark.usefixtures("leader", "member", "invited")
def test_merged_group_brings_members_paths_and_its_address(
    group, lake, keiko, hanako, officer, now
):
    MembershipFactory(group=lake, user=hanako, email=hanako.email)
    mine, both = (PathVersionFactory().path for _ in range(2))
    for path in (mine, both):
        follow_path(group=group, path=path, by=keiko, at=now)
    version = both.versions.get()
    lake.paths.create(path=both, version=version, started_on=now.date())
    merge_groups(group=group, into=lake, why="合同の活動", by=officer, at=now)

    assert _present(lake) == [
        ("hanako@example.jp", "member", "active"),
        ("keiko@example.jp", "leader", "active"),
        ("taro@example.jp", "leader", "active"),
    ]
    assert _present(group) == []
    assert {one.path_id for one in lake.paths.all()} == {mine.pk, both.pk}
    group.refresh_from_db()
    assert (group.state, group.merged_into) == ("closed", lake)
    assert "「水の会」に団体を合併しました" in told("taro@example.jp")


@pytest.mark.usefixtures("leader")
def test_somebody_in_both_keeps_the_greater_role(group, lake, keiko, officer, now):
    MembershipFactory(group=lake, user=keiko, email=keiko.email)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    assert ("keiko@example.jp", "leader", "active") in _present(lake)


def _roles(group: Group) -> dict[str, tuple[str, str]]:
    present = group.memberships.exclude(state="left").select_related("user")
    return {one.user.email if one.user else "": (one.role, one.state) for one in present}


@pytest.mark.usefixtures("leader")
def test_member_of_one_who_was_invited_to_the_other_stays_a_member(
    group, lake, keiko, taro, officer, now
):
    invitation = {"user": None, "state": "invited", "joined_at": None}
    MembershipFactory(group=lake, email=keiko.email, **invitation)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    leads = ("leader", "active")
    assert _roles(lake) == {keiko.email: leads, taro.email: leads}


@pytest.mark.usefixtures("leader")
def test_account_of_one_is_the_member_on_paper_of_the_other(
    group, lake, keiko, officer, now
):
    paper = MembershipFactory(
        group=lake, user=None, email=keiko.email, family_name="高橋", role="coordinator"
    )
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    paper.refresh_from_db()
    assert (paper.user, paper.role) == (keiko, "leader")


@pytest.mark.usefixtures("leader")
def test_two_people_with_one_address_both_stay(group, lake, keiko, hanako, officer, now):
    """An invitation is taken up with any account."""
    MembershipFactory(group=lake, user=hanako, email=keiko.email)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    roles = _roles(lake)
    assert (roles[keiko.email], roles[hanako.email]) == (
        ("leader", "active"),
        ("member", "active"),
    )


def test_invitation_to_the_group_that_ended_leads_to_the_other(
    group, lake, invited, hanako, officer, now
):
    invited.email = hanako.email
    invited.save()
    token = invitation_token(invited)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    opened = membership_for(token)
    assert (opened.group, opened.state) == (lake, "invited")
    accept_invitation(membership=opened, user=hanako, at=now)
    assert _roles(lake)[hanako.email] == ("member", "active")
    used = membership_for(token)
    assert (used.group, used.state) == (group, "left")


@pytest.mark.usefixtures("leader")
def test_what_either_group_earned_on_a_path_stays_earned(group, lake, keiko, officer, now):
    path = PathVersionFactory().path
    version, today = path.versions.get(), now.date()
    ended = lake.paths.create(
        path=path, version=version, started_on=today, stopped_on=today
    )
    followed = follow_path(group=group, path=path, by=keiko, at=now)
    theirs, ours, both = (uuid4() for _ in range(3))
    for one, keys in ((ended, (theirs, both)), (followed, (ours, both))):
        for key in keys:
            one.earned_steps.create(version=version, key=key, name="一歩", kept_on=today)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    kept = lake.paths.get()
    assert kept.stopped_on is None
    assert set(kept.earned_steps.values_list("key", flat=True)) == {theirs, ours, both}


def test_merging_is_for_staff_and_into_a_registered_other(
    group, lake, leader, keiko, officer, now
):
    with pytest.raises(NotAnOrganiser):
        merge_groups(group=group, into=lake, why="合同", by=keiko, at=now)
    with pytest.raises(SameGroup):
        merge_groups(group=group, into=group, why="合同", by=officer, at=now)
    close(lake)
    with pytest.raises(SameGroup):
        merge_groups(group=group, into=lake, why="合同", by=officer, at=now)


@pytest.fixture
def river_path(leader, group, lake, keiko, taro, now) -> Path:
    """緑の会 follows its first version and has done it; 水の会 follows the second, which
    asks for two members."""
    river, path = CourseFactory(), PathFactory()
    first = StepDraft(name="知る", courses=(river.pk,))
    arrange_steps(path=path, drafts=[first], by=None, at=now)
    follow_path(group=group, path=path, by=keiko, at=now)
    complete(river, user=keiko)
    key = steps_of(path.versions.get())[0].key
    two = StepDraft(key=key, name="知る", courses=(river.pk,), needed_members=2)
    arrange_steps(path=path, drafts=[two], by=None, at=now)
    follow_path(group=lake, path=path, by=taro, at=now)
    return path


def _done(group: Group) -> list[bool]:
    return [
        one.progress.is_done
        for standing in standings_on_paths(group, members_of(group))
        for one in standing.steps
    ]


@pytest.mark.usefixtures("river_path")
def test_step_that_the_merged_group_had_done_is_done(group, lake, officer, now):
    assert (_done(group), _done(lake)) == ([True], [False])
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    assert _done(lake) == [True]


def test_steps_done_before_somebody_left_are_brought_along(
    group, lake, river_path, leader, keiko, officer, now
):
    unfollow_path(group=group, path=river_path, by=keiko, at=now)
    leader.delete()
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    assert _done(lake) == [True]


def test_merging_goes_on_with_a_path_that_the_other_group_had_stopped(
    group, lake, river_path, taro, officer, now
):
    unfollow_path(group=lake, path=river_path, by=taro, at=now)
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    (standing,) = standings_on_paths(lake, members_of(lake))
    assert (standing.followed.version.number, _done(lake)) == (1, [True])


def test_old_address_leads_to_the_merged_group(group, lake, officer, now, client):
    merge_groups(group=group, into=lake, why="合同", by=officer, at=now)

    response = client.get("/groups/midori/")
    assert (response.status_code, response["Location"]) == (301, "/groups/mizu/")
    feed = client.get("/groups/midori/calendar.ics")
    assert feed.content == client.get("/groups/mizu/calendar.ics").content
