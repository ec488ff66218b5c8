"""From the leader's form to the member's page, through the mail that is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from enrollments.domain.delivery import deliver_due
from enrollments.models import Notification
from learning_paths.domain.links import invitation_token
from learning_paths.models import Membership
from tests.factories import NOON
from tests.learning_paths.closing import close

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


def _page_of(membership):
    return f"/groups/invitation/{invitation_token(membership)}/"


def _link_in_last_mail():
    return LINK.search(mail.outbox[-1].body)[1]


@pytest.fixture
def link(leader, keiko, client):
    """Keiko invites taro@; the worker sends; the link is read from the mail."""
    client.force_login(keiko)
    response = client.post("/groups/midori/members/invite/", {"emails": "taro@example.jp"})
    assert response.status_code == 302
    client.logout()
    deliver_due(at=NOON)
    assert mail.outbox[-1].to == ["taro@example.jp"]
    return _link_in_last_mail()


def test_somebody_with_an_account_signs_in_and_joins(link, client, taro):
    taro.set_password("long-enough-1")
    taro.save()
    page = client.get(link).content.decode()
    assert "緑の会" in page
    assert "あなたが修了したもの" in page
    assert "@example.jp" not in page

    sign_in = re.search(r'href="(/accounts/login/\?next=[^"]+)"', page)[1]
    response = client.post(
        sign_in, {"login": "taro@example.jp", "password": "long-enough-1"}
    )
    assert response["Location"] == link
    assert "別のメールアドレス" not in client.get(link).content.decode()

    response = client.post(link, follow=True)
    assert response.redirect_chain == [("/groups/midori/", 302)]
    assert "佐藤 太郎" in response.content.decode()
    assert Membership.objects.get(email="taro@example.jp").user == taro


def test_somebody_new_signs_up_confirms_and_comes_back(link, client):
    page = client.get(link).content.decode()
    sign_up = re.search(r'href="(/accounts/signup/\?next=[^"]+)"', page)[1]
    form = client.get(sign_up).content.decode()
    assert f'name="next" value="{link}"' in form

    client.post(
        sign_up,
        {"email": "taro@example.jp", "password1": "long-enough-1", "next": link},
    )
    confirm = re.search(r"(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    response = client.post(confirm)
    assert response["Location"] == link

    response = client.post(link, follow=True)
    assert response.redirect_chain == [("/groups/midori/", 302)]
    taro = User.objects.get(email="taro@example.jp")
    assert Membership.objects.get(email="taro@example.jp").user == taro
    assert "お名前が登録されていない" in response.content.decode()


def test_posting_without_signing_in_leads_to_sign_in(invited, client):
    url = _page_of(invited)
    response = client.post(url)

    assert response["Location"] == f"/accounts/login/?next={url}"
    invited.refresh_from_db()
    assert invited.state == "invited"


def test_other_address_is_explained_without_telling_the_invited_one(
    invited, as_user, hanako
):
    client = as_user(hanako)
    page = client.get(_page_of(invited)).content.decode()
    assert "hanako@example.jp とは別のメールアドレス" in page
    assert "taro@" not in page

    client.post(_page_of(invited))
    invited.refresh_from_db()
    assert invited.user == hanako


def test_link_is_not_used_twice_by_two_people(invited, as_user, taro, hanako):
    as_user(taro).post(_page_of(invited))
    client = as_user(hanako)

    for response in (client.get(_page_of(invited)), client.post(_page_of(invited))):
        assert response.status_code == 409
        assert "別の方がすでに使いました" in response.content.decode()
    invited.refresh_from_db()
    assert invited.user == taro


def test_opening_the_link_again_leads_to_the_group(invited, as_user, taro):
    client = as_user(taro)
    client.post(_page_of(invited))

    assert client.get(_page_of(invited))["Location"] == "/groups/midori/"
    assert client.post(_page_of(invited))["Location"] == "/groups/midori/"


@pytest.mark.usefixtures("member")
def test_member_is_told_that_the_invitation_is_not_needed(invited, as_user, hanako):
    response = as_user(hanako).get(_page_of(invited))

    assert response.status_code == 409
    assert "すでにこの団体に参加しています" in response.content.decode()


def test_declining_needs_no_account(invited, client):
    url = _page_of(invited)
    response = client.post(f"{url}decline/", follow=True)

    assert "招待を断りました。" in response.content.decode()
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404


def test_mail_scanners_that_open_links_change_nothing(invited, client):
    assert client.get(_page_of(invited)).status_code == 200
    assert client.get(f"{_page_of(invited)}decline/").status_code == 405

    invited.refresh_from_db()
    assert invited.state == "invited"


def test_expired_invitation_says_what_to_do(invited, client):
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        response = client.get(_page_of(invited))

    assert response.status_code == 409
    assert "期限が切れました" in response.content.decode()


def test_invitation_of_a_closed_group_says_so(group, invited, client):
    close(group)

    assert "登録は終わっています" in client.get(_page_of(invited)).content.decode()


@pytest.mark.parametrize("token", ["x", "1-2.abc", "1-1.~"])
def test_forged_link_tells_nothing(token, db, client):
    response = client.get(f"/groups/invitation/{token}/")

    assert response.status_code == 404
    assert "招待のリンクが使えません" in response.content.decode()


def test_invitation_is_kept_from_searchers_and_referrers(invited, client):
    response = client.get(_page_of(invited))

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_joining_needs_the_csrf_token(invited, taro):
    client = Client(enforce_csrf_checks=True)
    client.force_login(taro)

    assert client.post(_page_of(invited)).status_code == 403
    assert client.post(f"{_page_of(invited)}decline/").status_code == 403


def test_open_invitations_wait_on_the_list_of_groups(invited, as_user, taro, hanako):
    assert _page_of(invited) in as_user(taro).get("/groups/").content.decode()
    assert "招待が届いています" not in as_user(hanako).get("/groups/").content.decode()


@pytest.mark.usefixtures("leader", "member")
def test_addresses_not_written_to_stay_in_the_field(as_user, keiko):
    response = as_user(keiko).post(
        "/groups/midori/members/invite/",
        {"emails": "佐藤 太郎 <ｔａｒｏ＠example.jp>、hanako@example.jp\nsachi"},
    )
    page = response.content.decode()

    assert response.status_code == 200
    assert "taro@example.jp: 招待のメールを送りました。" in page
    assert "hanako@example.jp: すでに会員です。" in page
    assert "sachi: メールアドレスの形が正しくありません。" in page
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1]
    assert field.split() == ["hanako@example.jp", "sachi"]
    assert Notification.objects.get().recipient == "taro@example.jp"


@pytest.mark.usefixtures("leader", "member")
def test_when_nobody_was_written_to_the_page_says_so(as_user, keiko):
    response = as_user(keiko).post(
        "/groups/midori/members/invite/", {"emails": "hanako@example.jp"}
    )
    assert response.status_code == 422
    assert "招待のメールは送られていません" in response.content.decode()


@pytest.mark.usefixtures("leader")
@pytest.mark.parametrize("typed", ["", " 、\n"])
def test_empty_field_is_refused(typed, as_user, keiko):
    response = as_user(keiko).post("/groups/midori/members/invite/", {"emails": typed})

    assert response.status_code == 422
    assert "メールアドレスを入力してください。" in response.content.decode()


@pytest.mark.usefixtures("leader")
def test_inviting_is_limited_and_keeps_what_was_typed(as_user, keiko, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "group": "2/10m"}
    typed = "a@example.jp, b@example.jp, c@example.jp"
    response = as_user(keiko).post("/groups/midori/members/invite/", {"emails": typed})
    page = response.content.decode()

    assert response.status_code == 422
    assert "短い時間に操作が集中しています" in page
    assert typed in page
    assert Notification.objects.count() == 0


@pytest.mark.usefixtures("leader")
def test_more_than_twenty_at_once_are_refused(as_user, keiko, settings):
    typed = "\n".join(f"p{number}@example.jp" for number in range(21))
    response = as_user(keiko).post("/groups/midori/members/invite/", {"emails": typed})

    assert response.status_code == 422
    assert "一度に招待できるのは20人までです。" in response.content.decode()


def test_confirmed_address_matters_not_the_account_name(invited, as_user, hanako):
    EmailAddress.objects.create(user=hanako, email="taro@example.jp", verified=True)

    page = as_user(hanako).get(_page_of(invited)).content.decode()
    assert "別のメールアドレス" not in page
