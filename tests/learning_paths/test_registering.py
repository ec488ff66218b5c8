import pytest

from learning_paths.domain.refusals import (
    GroupClosed,
    NameIsAnAddress,
    NameMissing,
    NotAMember,
    NotAnOrganiser,
)
from learning_paths.domain.registering import change_group, keep_register, register_group
from learning_paths.enums import GroupState
from learning_paths.models import Group
from tests.factories import GroupFactory

FACTS = {"name": "緑の会", "name_kana": "みどりのかい", "activity": " 川の清掃 "}


def test_founder_becomes_leader(keiko, now):
    group = register_group(**FACTS, by=keiko, at=now)

    assert (group.name, group.name_kana, group.activity) == (
        "緑の会",
        "ミドリノカイ",
        "川の清掃",
    )
    assert (group.code, group.state, group.registered_at) == (
        "2026-0001",
        "registered",
        now,
    )
    membership = group.memberships.get()
    assert (membership.user, membership.role, membership.state) == (
        keiko,
        "leader",
        "active",
    )
    assert (membership.email, membership.joined_at) == ("keiko@example.jp", now)


def test_codes_count_up_within_the_fiscal_year(keiko, jiro, now):
    GroupFactory(code="2025-0009")
    GroupFactory(code="2026-old")
    codes = [
        register_group(name=name, name_kana="", activity="", by=by, at=now).code
        for name, by in (("一の会", keiko), ("二の会", jiro))
    ]
    april = now.replace(year=2027, month=4, day=1)
    later = register_group(name="三の会", name_kana="", activity="", by=keiko, at=april)

    assert [*codes, later.code] == ["2026-0001", "2026-0002", "2027-0001"]


def test_code_that_was_taken_meanwhile_is_passed_over(keiko, now, monkeypatch):
    """The number is read, then somebody else takes it."""
    from learning_paths.domain import registering

    GroupFactory(code="2026-0001")
    answers = iter(["2026-0001", "2026-0002"])
    monkeypatch.setattr(registering, "next_code", lambda year: next(answers))

    assert register_group(**FACTS, by=keiko, at=now).code == "2026-0002"


def test_form_sent_twice_makes_one_group(keiko, now):
    first = register_group(**FACTS, by=keiko, at=now)
    again = register_group(**FACTS, by=keiko, at=now)

    assert again == first
    assert Group.objects.count() == 1


def test_two_people_may_found_groups_of_one_name(keiko, jiro, now):
    register_group(**FACTS, by=keiko, at=now)
    register_group(**FACTS, by=jiro, at=now)

    assert Group.objects.count() == 2


@pytest.mark.parametrize("name", ["", "　 "])
def test_group_without_a_name_is_refused(name, keiko, now):
    with pytest.raises(NameMissing):
        register_group(name=name, name_kana="", activity="", by=keiko, at=now)


@pytest.mark.parametrize("name", ["https://x.example", "www.x.example", "a@example.jp"])
def test_name_that_is_an_address_is_refused(name, keiko, now):
    with pytest.raises(NameIsAnAddress):
        register_group(name=name, name_kana="", activity="", by=keiko, at=now)
    assert Group.objects.count() == 0


@pytest.mark.usefixtures("leader", "coordinator")
def test_organisers_correct_what_the_public_reads(group, keiko, jiro, now):
    change_group(
        group=group, name="緑と水の会", name_kana="", activity="", by=keiko, at=now
    )
    change_group(group=group, name="水の会", name_kana="みず", activity="", by=jiro, at=now)

    group.refresh_from_db()
    assert (group.name, group.name_kana, group.code) == ("水の会", "ミズ", "midori")


@pytest.mark.usefixtures("member")
def test_others_may_not_change_the_group(group, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        change_group(group=group, **FACTS, by=hanako, at=now)
    with pytest.raises(NotAMember):
        change_group(group=group, **FACTS, by=taro, at=now)


@pytest.mark.usefixtures("leader")
def test_closed_group_is_not_changed_by_its_leader(group, keiko, now):
    Group.objects.update(state=GroupState.CLOSED)
    with pytest.raises(GroupClosed):
        change_group(group=group, **FACTS, by=keiko, at=now)


def test_staff_end_and_resume_a_registration(group, officer, now):
    for state in (GroupState.CLOSED, GroupState.REGISTERED):
        kept = keep_register(group=group, **FACTS, state=state, by=officer, at=now)
        group.refresh_from_db()
        assert (kept.state, group.state) == (state, state)


@pytest.mark.usefixtures("leader")
def test_leader_does_not_keep_the_register(group, keiko, now):
    with pytest.raises(NotAnOrganiser):
        keep_register(group=group, **FACTS, state=GroupState.CLOSED, by=keiko, at=now)
