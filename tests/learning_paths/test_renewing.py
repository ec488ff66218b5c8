from datetime import date, datetime

import pytest

from courses.domain.fiscal_year import TOKYO
from learning_paths.domain.deciding import approve_registration
from learning_paths.domain.refusals import (
    NotAnOrganiser,
    NothingToDecide,
    NotYetTime,
    ReasonMissing,
)
from learning_paths.domain.register_duties import lapse_due, remind_to_renew
from learning_paths.domain.renewing import (
    approve_renewal,
    approve_renewals,
    ask_renewal,
    decline_renewal,
    year_to_renew,
)
from learning_paths.models import Group
from tests.factories import GroupFactory, MembershipFactory
from tests.learning_paths.told import told

pytestmark = pytest.mark.usefixtures("leader")
RENEW, LAPSED = "「緑の会」の登録の更新のお願い", "「緑の会」の登録の期限が過ぎました"


def _day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T09:00").replace(tzinfo=TOKYO)


@pytest.fixture
def registered(group) -> Group:
    group.registered_until = date(2027, 3, 31)
    group.save()
    return group


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2027-01-30", None),
        ("2027-01-31", 2027),
        ("2027-03-31", 2027),
        ("2027-06-30", 2027),
        ("2028-04-01", 2028),
    ],
)
def test_group_renews_for_the_year_after_its_last(day, year, registered):
    assert year_to_renew(registered, at=_day(day)) == year


def test_group_without_an_end_need_not_renew(group):
    assert year_to_renew(group, at=_day("2040-01-01")) is None


def test_renewed_group_is_registered_for_one_more_year(registered, keiko, officer):
    asked = ask_renewal(group=registered, by=keiko, at=_day("2027-02-10"))
    assert ask_renewal(group=registered, by=keiko, at=_day("2027-02-11")) == asked

    approve_renewal(renewal=asked, by=officer, at=_day("2027-02-12"))
    registered.refresh_from_db()
    assert (registered.state, f"{registered.registered_until}") == (
        "registered",
        "2028-03-31",
    )
    assert told("keiko@example.jp") == ["「緑の会」の登録を更新しました"]
    with pytest.raises(NothingToDecide):
        approve_renewal(renewal=asked, by=officer, at=_day("2027-02-12"))
    with pytest.raises(NotYetTime):
        ask_renewal(group=registered, by=keiko, at=_day("2027-02-13"))


def test_many_are_renewed_at_once_and_one_answered_meanwhile_holds_up_none(
    registered, keiko, taro, officer
):
    lake = GroupFactory(name="水の会", registered_until=date(2027, 3, 31))
    MembershipFactory(group=lake, user=taro, email=taro.email, role="leader")
    asked = [
        ask_renewal(group=group, by=leader, at=_day("2027-02-10"))
        for group, leader in ((registered, keiko), (lake, taro))
    ]
    decline_renewal(renewal=asked[0], why="名簿なし", by=officer, at=_day("2027-02-11"))
    with pytest.raises(NotAnOrganiser):
        approve_renewals(renewals=asked, by=keiko, at=_day("2027-02-12"))

    assert approve_renewals(renewals=asked, by=officer, at=_day("2027-02-12")) == 1
    for group in (registered, lake):
        group.refresh_from_db()
    ends = [f"{group.registered_until}" for group in (registered, lake)]
    assert ends == ["2027-03-31", "2028-03-31"]
    assert told("taro@example.jp") == ["「水の会」の登録を更新しました"]


def test_declined_group_may_ask_again(registered, keiko, officer):
    asked = ask_renewal(group=registered, by=keiko, at=_day("2027-02-10"))
    with pytest.raises(ReasonMissing):
        decline_renewal(renewal=asked, why=" ", by=officer, at=_day("2027-02-12"))
    decline_renewal(renewal=asked, why="名簿なし", by=officer, at=_day("2027-02-12"))

    again = ask_renewal(group=registered, by=keiko, at=_day("2027-02-13"))
    assert again.pk != asked.pk


def test_group_is_reminded_twice_and_then_lapses(registered):
    for day, told_now in (
        ("2027-01-30", 0),
        ("2027-02-01", 1),
        ("2027-02-02", 0),
        ("2027-03-17", 1),
        ("2027-03-18", 0),
        ("2027-04-01", 0),
    ):
        assert (day, remind_to_renew(at=_day(day))) == (day, told_now)
    assert lapse_due(at=_day("2027-06-30")) == 0
    assert lapse_due(at=_day("2027-07-01")) == 1
    assert lapse_due(at=_day("2027-07-02")) == 0

    registered.refresh_from_db()
    assert registered.state == "lapsed"
    assert told("keiko@example.jp") == [RENEW, RENEW, LAPSED]


def test_wish_that_staff_have_not_answered_keeps_the_group(registered, keiko):
    ask_renewal(group=registered, by=keiko, at=_day("2027-03-01"))

    assert remind_to_renew(at=_day("2027-03-20")) == 0
    assert lapse_due(at=_day("2027-08-01")) == 0


def test_lapsed_group_comes_back(registered, keiko, officer):
    lapse_due(at=_day("2027-07-01"))
    asked = ask_renewal(group=registered, by=keiko, at=_day("2027-09-01"))
    approve_renewal(renewal=asked, by=officer, at=_day("2027-09-02"))

    registered.refresh_from_db()
    assert (registered.state, f"{registered.registered_until}") == (
        "registered",
        "2028-03-31",
    )


def test_application_is_not_renewed(group, officer):
    with pytest.raises(NothingToDecide):
        approve_registration(group=group, by=officer, at=_day("2027-02-01"))
