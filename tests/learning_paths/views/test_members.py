"""Handing over and leaving, as their pages say it before a button is pressed."""

import re

import pytest

from learning_paths.models import Membership

LEAVE = "/groups/midori/members/leave/"


def _text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_leader_is_told_before_leaving_that_another_has_to_lead(leader, as_user, keiko):
    page = _text(as_user(keiko).get(LEAVE))
    assert "先に、ほかの会員を代表にしてください。" in page
    assert "抜けずに戻る" not in page


def test_member_is_asked_whether_to_leave(member, as_user, hanako):
    page = _text(as_user(hanako).get(LEAVE))
    assert "代表がいなくなってしまいます" not in page
    assert "抜けずに戻る" in page


@pytest.mark.usefixtures("leader")
def test_handing_over_names_whoever_leads_now(member, as_user, keiko):
    url = f"/groups/midori/members/{member.pk}/"
    client = as_user(keiko)
    assert "山田 花子さんに代表を引き継ぐ" in _text(client.get(url))

    response = client.post(f"{url}hand-over/", follow=True)
    assert "山田 花子さんに代表を引き継ぎました。" in _text(response)


def test_member_without_account_is_offered_no_lead_of_their_own(
    leader, group, now, as_user, keiko
):
    ume = Membership.objects.create(
        group=group,
        state="active",
        invited_at=now,
        joined_at=now,
        family_name="鈴木",
        given_name="うめ",
    )
    url = f"/groups/midori/members/{ume.pk}/"
    client = as_user(keiko)
    assert "アカウントのない方には引き継げません。" in _text(client.get(url))
    assert f"{url}hand-over/" not in client.get(url).content.decode()

    response = client.post(f"{url}hand-over/", follow=True)
    assert "代表を引き継げません。先に招待してください。" in _text(response)
    leader.refresh_from_db()
    assert leader.role == "leader"


def test_own_groups_stand_on_my_page(member, as_user, hanako, taro):
    assert "参加している団体 緑の会 会員" in _text(as_user(hanako).get("/my/"))
    assert "緑の会" not in _text(as_user(taro).get("/my/"))
