"""/manage/civic_groups/: what waits, entering, members on paper, merging."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning_paths.domain.facts import GroupFacts
from learning_paths.domain.page_changes import change_group
from learning_paths.domain.registering import apply_for_registration
from learning_paths.domain.renewing import ask_renewal
from learning_paths.models import Group, Membership, Renewal
from tests.factories import NOON, GroupFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.usefixtures("leader")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def _text(response) -> str:
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def _addresses(group: Group) -> list[str]:
    return [
        reverse("civic_groups:waiting"),
        reverse("civic_groups:enter"),
        reverse("civic_groups:renew"),
        reverse("civic_groups:decide", args=["registration", group.pk]),
        *(
            reverse(f"civic_groups:{name}", args=[group.pk])
            for name in ("edit", "end", "member", "merge", "stage")
        ),
    ]


@pytest.mark.parametrize("person", ["anonymous", "resident", "leader", "other staff"])
def test_register_is_closed_to(person, client, group, keiko):
    if person == "leader":
        client.force_login(keiko)
    elif person != "anonymous":
        client.force_login(UserFactory(is_staff=person == "other staff"))
    for address in _addresses(group):
        for answer in (client.get(address), client.post(address, {"approve": "1"})):
            assert answer.status_code in (302, 403), address
    group.refresh_from_db()
    assert group.name == "緑の会"


def test_application_is_read_and_approved(desk, keiko, group):
    facts = GroupFacts("水の会", kind="npo", activity="池の清掃")
    applied = apply_for_registration(facts=facts, by=keiko, at=NOON)
    page = _text(desk.get(reverse("civic_groups:waiting")))
    assert "水の会 新しい登録" in page
    assert "団体の種類 NPO法人 活動の内容 池の清掃" in page

    address = reverse("civic_groups:decide", args=["registration", applied.pk])
    page = _text(desk.post(address, {"approve": "1"}, follow=True))
    assert "承認しました。" in page
    assert "確認を待っている申請はありません。" in page
    applied.refresh_from_db()
    assert applied.state == "registered"


def test_change_is_shown_beside_what_stands_there(desk, keiko, group):
    change = change_group(
        group=group, facts=GroupFacts("水の会", activity="池"), by=keiko, at=NOON
    )
    page = _text(desk.get(reverse("civic_groups:waiting")))
    assert "団体名 緑の会 水の会" in page
    assert "活動の内容 川の清掃をしています。 池" in page

    address = reverse("civic_groups:decide", args=["change", change.pk])
    page = _text(desk.post(address, {"decline": "1", "why": ""}, follow=True))
    assert "理由を入力してください。" in page
    desk.post(address, {"decline": "1", "why": "宣伝です"})
    change.refresh_from_db()
    assert (change.decision, change.why) == ("declined", "宣伝です")


def _asked_to_renew(keiko, *groups: Group) -> list[Renewal]:
    ending = {"registered_until": (NOON + timedelta(days=30)).date()}
    Group.objects.filter(pk__in=[group.pk for group in groups]).update(**ending)
    return [ask_renewal(group=group, by=keiko, at=NOON) for group in groups]


@pytest.fixture
def lake(keiko) -> Group:
    group = GroupFactory(name="水の会")
    MembershipFactory(group=group, user=keiko, email=keiko.email, role="leader")
    return group


def test_renewals_are_approved_together_but_for_those_left_out(desk, keiko, group, lake):
    first, second = _asked_to_renew(keiko, group, lake)
    page = desk.get(reverse("civic_groups:waiting"))
    assert "緑の会 団体の情報" in _text(page)
    assert page.content.decode().count('form="renew" checked') == 2

    address = reverse("civic_groups:renew")
    page = _text(desk.post(address, {"renewal": [second.pk]}, follow=True))
    assert "1団体の登録を更新し、代表と担当に知らせました。" in page
    assert "水の会" not in page
    first.refresh_from_db()
    assert first.decision == "open"

    page = _text(desk.post(address, {"renewal": [first.pk, second.pk]}, follow=True))
    assert "1団体の登録を更新し" in page
    assert "1団体は、ほかの職員がすでに確認したか" in page
    assert "更新する団体を選んでください。" in _text(desk.post(address, follow=True))


def test_what_waits_is_read_in_as_many_queries_for_three_as_for_one(
    desk, keiko, group, lake, django_assert_num_queries
):
    address = reverse("civic_groups:waiting")
    _asked_to_renew(keiko, group)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    third = GroupFactory(name="空の会")
    MembershipFactory(group=third, user=keiko, email=keiko.email, role="leader")
    _asked_to_renew(keiko, lake, third)
    with django_assert_num_queries(len(one)):
        desk.get(address)


def test_unknown_kind_of_wish_is_not_found(desk, group):
    assert desk.post("/manage/civic_groups/waiting/gift/1/").status_code == 404


def test_group_from_the_counter_is_registered_at_once(desk, officer):
    typed = {"name": "窓口の会", "kind": "voluntary", "registered_on": "2026-04-01"}
    page = _text(desk.post(reverse("civic_groups:enter"), typed, follow=True))

    assert "団体を登録しました。" in page
    group = Group.objects.get(name="窓口の会")
    assert (group.state, group.code) == ("registered", "2026-0001")


def test_taken_number_keeps_what_was_typed(desk, group):
    typed = {"name": "窓口の会", "kind": "npo", "code": "midori"}
    response = desk.post(
        reverse("civic_groups:enter"), {**typed, "registered_on": "2026-04-01"}
    )
    assert response.status_code == 422
    assert "この団体番号は、ほかの団体が使っています。" in _text(response)
    assert 'value="窓口の会"' in response.content.decode()


def test_member_without_an_address_is_entered(desk, group):
    address = reverse("civic_groups:member", args=[group.pk])
    typed = {"family_name": "鈴木", "given_name": "うめ", "role": "member"}
    page = _text(desk.post(address, typed, follow=True))

    assert "会員を入力しました。" in page
    assert "鈴木 うめ 会員 参加中" in page
    assert Membership.objects.get(family_name="鈴木").user is None


def test_groups_are_merged(desk, group):
    lake = GroupFactory(name="水の会")
    address = reverse("civic_groups:merge", args=[group.pk])
    refused = desk.post(address, {"into": lake.pk, "why": ""})
    assert (refused.status_code, "理由を入力" in _text(refused)) == (422, True)

    page = _text(desk.post(address, {"into": lake.pk, "why": "合同"}, follow=True))
    assert "「緑の会」を「水の会」に合併しました。" in page
