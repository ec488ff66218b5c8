"""Somebody without an account or an address, whom staff write down."""

import pytest

from learning_paths.domain.inviting import invite_members
from learning_paths.domain.joining import accept_invitation, decline_invitation
from learning_paths.domain.refusals import AlreadyMember
from learning_paths.domain.staff_members import NobodyNamed, OnPaper, enter_member
from learning_paths.enums import MemberRole
from learning_paths.models import Membership

UME = OnPaper("鈴木", "うめ", "すずき", "うめ", "0420-12-3456")


def _enter(group, officer, now, email="", person=UME) -> Membership:
    return enter_member(
        group=group,
        email=email,
        role=MemberRole.MEMBER,
        joined_at=None,
        person=person,
        by=officer,
        at=now,
    )


def test_person_without_an_address_is_a_member_at_once(group, officer, now):
    entered = _enter(group, officer, now)

    assert (entered.full_name, entered.family_name_kana) == ("鈴木 うめ", "スズキ")
    assert (entered.state, entered.user, entered.email) == ("active", None, "")


def test_same_person_is_entered_once_a_namesake_by_another_phone(group, officer, now):
    _enter(group, officer, now)
    with pytest.raises(AlreadyMember):
        _enter(group, officer, now)
    _enter(group, officer, now, person=OnPaper("鈴木", "うめ", phone="0420-99-0000"))
    assert group.memberships.count() == 2


def test_somebody_has_to_be_named(group, officer, now):
    with pytest.raises(NobodyNamed):
        _enter(group, officer, now, person=OnPaper())


@pytest.mark.usefixtures("leader")
def test_member_on_paper_takes_up_an_account_later(group, officer, keiko, taro, now):
    entered = _enter(group, officer, now, email="ume@example.jp")
    answers = invite_members(
        group=group, emails=["ume@example.jp"], by=keiko, at=now.replace(day=25)
    )
    assert [answer.sent for answer in answers] == [True]

    invitation = Membership.objects.get(pk=entered.pk)
    joined = accept_invitation(membership=invitation, user=taro, at=now.replace(day=26))
    assert (joined.pk, joined.user, joined.joined_at) == (entered.pk, taro, now)


def test_member_on_paper_who_declines_the_link_stays_a_member(group, officer, now):
    entered = _enter(group, officer, now, email="ume@example.jp")
    decline_invitation(membership=entered, at=now)

    entered.refresh_from_db()
    assert entered.state == "active"


@pytest.mark.usefixtures("leader")
def test_fellow_members_see_the_name(group, officer, now, client, keiko):
    _enter(group, officer, now)
    client.force_login(keiko)
    assert "鈴木 うめ" in client.get("/groups/midori/").content.decode()
