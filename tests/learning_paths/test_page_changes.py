import pytest

from learning_paths.domain.facts import GroupFacts, facts_of
from learning_paths.domain.page_changes import (
    approve_change,
    change_group,
    decline_change,
    open_change,
)
from learning_paths.domain.refusals import NotAnOrganiser, NothingToDecide, ReasonMissing
from tests.learning_paths.told import told

pytestmark = pytest.mark.usefixtures("leader", "coordinator")
RIVER = GroupFacts("水の会", name_kana="ミズノカイ", activity="池の清掃", area="西の森")


def test_change_is_public_once_staff_approve(group, keiko, officer, now):
    before = facts_of(group)
    change = change_group(group=group, facts=RIVER, by=keiko, at=now)
    assert facts_of(group) == before

    approve_change(change=change, by=officer, at=now)
    group.refresh_from_db()
    assert (facts_of(group), group.code) == (RIVER, "midori")
    subject = "「水の会」の紹介を新しくしました"
    assert (told("keiko@example.jp"), told("jiro@example.jp")) == ([subject], [subject])


def test_declined_change_leaves_the_page_and_says_why(group, keiko, officer, now):
    before = facts_of(group)
    change = change_group(group=group, facts=RIVER, by=keiko, at=now)
    with pytest.raises(ReasonMissing):
        decline_change(change=change, why="", by=officer, at=now)
    decline_change(change=change, why="宣伝は書けません", by=officer, at=now)

    group.refresh_from_db()
    change.refresh_from_db()
    assert (facts_of(group), change.why) == (before, "宣伝は書けません")
    with pytest.raises(NothingToDecide):
        approve_change(change=change, by=officer, at=now)


def test_later_wish_replaces_the_one_before(group, keiko, jiro, officer, now):
    first = change_group(group=group, facts=RIVER, by=keiko, at=now)
    second = change_group(group=group, facts=GroupFacts("海の会"), by=jiro, at=now)

    assert open_change(group) == second
    with pytest.raises(NothingToDecide):
        approve_change(change=first, by=officer, at=now)


def test_going_back_to_what_stands_there_takes_the_wish_back(group, keiko, now):
    change_group(group=group, facts=RIVER, by=keiko, at=now)
    assert change_group(group=group, facts=facts_of(group), by=keiko, at=now) is None
    assert open_change(group) is None


def test_organisers_do_not_approve_their_own_wish(group, keiko, now):
    change = change_group(group=group, facts=RIVER, by=keiko, at=now)
    with pytest.raises(NotAnOrganiser):
        approve_change(change=change, by=keiko, at=now)
