import pytest

from learning_paths.domain.deciding import approve_registration, decline_registration
from learning_paths.domain.facts import GroupFacts, facts_of
from learning_paths.domain.page_changes import change_group
from learning_paths.domain.refusals import (
    GroupClosed,
    NameIsAnAddress,
    NameMissing,
    NoSuchMove,
    NotAMember,
    NotAnOrganiser,
    NothingToDecide,
    NotTheLeader,
    ReasonMissing,
)
from learning_paths.domain.registering import apply_again, apply_for_registration
from learning_paths.domain.staff_register import keep_register
from learning_paths.enums import GroupState
from learning_paths.models import Group
from tests.factories import GroupFactory, MembershipFactory, ThemeFactory
from tests.learning_paths.closing import close
from tests.learning_paths.told import told

FACTS = GroupFacts("緑の会", name_kana="みどりのかい", activity=" 川の清掃 ")


@pytest.fixture
def applied(keiko, now) -> Group:
    return apply_for_registration(facts=FACTS, by=keiko, at=now)


def _moves(group: Group) -> list[tuple[str, str, str]]:
    return list(group.moves.values_list("from_state", "to_state", "why"))


def test_founder_applies_and_becomes_leader(applied, keiko, now):
    assert (applied.name, applied.name_kana, applied.activity) == (
        "緑の会",
        "ミドリノカイ",
        "川の清掃",
    )
    assert (applied.code, applied.state) == ("2026-0001", "applied")
    assert _moves(applied) == [("", "applied", "")]
    membership = applied.memberships.get()
    assert (membership.user, membership.role, membership.state) == (
        keiko,
        "leader",
        "active",
    )
    assert (membership.email, membership.joined_at) == ("keiko@example.jp", now)


def test_staff_register_the_group_for_its_fiscal_year(applied, officer, now):
    approve_registration(group=applied, by=officer, at=now)

    applied.refresh_from_db()
    assert (applied.state, f"{applied.registered_until}") == ("registered", "2027-03-31")
    assert _moves(applied)[1:] == [("applied", "registered", "")]
    assert told("keiko@example.jp") == ["「緑の会」を団体として登録しました"]
    with pytest.raises(NothingToDecide):
        approve_registration(group=applied, by=officer, at=now)


def test_registration_of_the_last_quarter_holds_for_the_coming_year(applied, officer, now):
    approve_registration(group=applied, by=officer, at=now.replace(year=2027, month=1))

    applied.refresh_from_db()
    assert f"{applied.registered_until}" == "2028-03-31"


def test_declined_founder_learns_why_and_applies_again(applied, officer, keiko, now):
    with pytest.raises(ReasonMissing):
        decline_registration(group=applied, why=" ", by=officer, at=now)
    decline_registration(group=applied, why="活動の内容が必要です", by=officer, at=now)
    assert told("keiko@example.jp") == ["「緑の会」の登録は見送りになりました"]

    facts = GroupFacts("緑の会", activity="川の清掃を月に一度")
    assert change_group(group=applied, facts=facts, by=keiko, at=now) is None
    apply_again(group=applied, by=keiko, at=now)
    applied.refresh_from_db()
    assert (applied.state, applied.activity) == ("applied", "川の清掃を月に一度")
    assert _moves(applied)[1:] == [
        ("applied", "declined", "活動の内容が必要です"),
        ("declined", "applied", ""),
    ]


@pytest.mark.parametrize("decide", [approve_registration, decline_registration])
def test_leader_does_not_decide(decide, applied, keiko, now):
    more = {"why": "x"} if decide is decline_registration else {}
    with pytest.raises(NotAnOrganiser):
        decide(group=applied, by=keiko, at=now, **more)


def test_only_the_leader_applies_again_and_only_then(applied, keiko, jiro, now):
    MembershipFactory(group=applied, user=jiro, role="coordinator")
    with pytest.raises(NotTheLeader):
        apply_again(group=applied, by=jiro, at=now)
    apply_again(group=applied, by=keiko, at=now)
    assert len(_moves(applied)) == 1


def test_codes_count_up_within_the_fiscal_year(keiko, jiro, now):
    GroupFactory(code="2025-0009")
    GroupFactory(code="2026-old")
    april = now.replace(year=2027, month=4, day=1)
    codes = [
        apply_for_registration(facts=GroupFacts(name), by=by, at=at).code
        for name, by, at in (
            ("一の会", keiko, now),
            ("二の会", jiro, now),
            ("三の会", keiko, april),
        )
    ]
    assert codes == ["2026-0001", "2026-0002", "2027-0001"]


def test_code_that_was_taken_meanwhile_is_passed_over(keiko, now, monkeypatch):
    """The number is read, then somebody else takes it."""
    from learning_paths.domain import registering

    GroupFactory(code="2026-0001")
    answers = iter(["2026-0001", "2026-0002"])
    monkeypatch.setattr(registering, "next_code", lambda year: next(answers))

    assert apply_for_registration(facts=FACTS, by=keiko, at=now).code == "2026-0002"


def test_form_sent_twice_makes_one_group(applied, keiko, now):
    assert apply_for_registration(facts=FACTS, by=keiko, at=now) == applied
    assert Group.objects.count() == 1


def test_two_people_may_found_groups_of_one_name(applied, jiro, now):
    apply_for_registration(facts=FACTS, by=jiro, at=now)
    assert Group.objects.count() == 2


@pytest.mark.parametrize("name", ["", "　 "])
def test_group_without_a_name_is_refused(name, keiko, now):
    with pytest.raises(NameMissing):
        apply_for_registration(facts=GroupFacts(name), by=keiko, at=now)


@pytest.mark.parametrize("name", ["https://x.example", "www.x.example", "a@example.jp"])
def test_name_that_is_an_address_is_refused(name, keiko, now):
    with pytest.raises(NameIsAnAddress):
        apply_for_registration(facts=GroupFacts(name), by=keiko, at=now)
    assert Group.objects.count() == 0


@pytest.mark.usefixtures("member")
def test_others_may_not_change_the_group(group, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        change_group(group=group, facts=FACTS, by=hanako, at=now)
    with pytest.raises(NotAMember):
        change_group(group=group, facts=FACTS, by=taro, at=now)


@pytest.mark.usefixtures("leader")
def test_closed_group_is_not_changed_by_its_leader(group, keiko, now):
    close(group)
    with pytest.raises(GroupClosed):
        change_group(group=group, facts=FACTS, by=keiko, at=now)


def test_staff_end_and_resume_a_registration(group, officer, now):
    for state in (GroupState.CLOSED, GroupState.REGISTERED):
        kept = keep_register(group=group, facts=FACTS, state=state, by=officer, at=now)
        group.refresh_from_db()
        assert (kept.state, group.state) == (state, state)
    assert f"{group.registered_until}" == "2027-03-31"


def test_register_keeps_every_fact(group, officer, now):
    river = ThemeFactory()
    facts = GroupFacts(
        "水の会",
        name_kana="ミズノカイ",
        kind="npo",
        activity="池の清掃",
        themes=(river.pk,),
        area="西の森",
        meets="毎月第2日曜日",
        website="https://mizu.example/",
        looks_for_members=True,
    )
    state = GroupState.REGISTERED
    keep_register(group=group, facts=facts, state=state, by=officer, at=now)

    assert facts_of(Group.objects.get()) == facts


def test_register_does_not_go_back_to_an_application(group, officer, now):
    with pytest.raises(NoSuchMove):
        keep_register(
            group=group, facts=FACTS, state=GroupState.APPLIED, by=officer, at=now
        )


@pytest.mark.usefixtures("leader")
def test_leader_does_not_keep_the_register(group, keiko, now):
    with pytest.raises(NotAnOrganiser):
        keep_register(group=group, facts=FACTS, state=GroupState.CLOSED, by=keiko, at=now)
