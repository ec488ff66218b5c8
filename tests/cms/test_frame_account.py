"""Signing in and up, as a resident meets it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OUTSIDE = {
    "/accounts/login/": "サインイン",
    "/accounts/signup/": "アカウントをつくる",
    "/accounts/password/reset/": "パスワードを忘れたとき",
    "/accounts/password/reset/done/": "メールをご確認ください",
    "/accounts/password/reset/key/done/": "パスワードを変えました",
    "/accounts/password/reset/key/1-spent/": "このリンクは使えません",
    "/accounts/confirm-email/": "メールをご確認ください",
    "/accounts/confirm-email/spent/": "メールアドレスの確認",
    "/accounts/inactive/": "このアカウントは使えません",
}
INSIDE = {
    "/accounts/logout/": "サインアウトしますか",
    "/accounts/email/": "メールアドレスの確認と変更",
    "/accounts/password/change/": "パスワードの変更",
    "/accounts/reauthenticate/": "ご本人の確認",
    "/accounts/2fa/": "2段階認証",
}
AFTER_CONFIRMING = {
    "/accounts/2fa/totp/deactivate/": "認証アプリを使うのをやめる",
    "/accounts/2fa/recovery-codes/": "回復コード",
    "/accounts/2fa/recovery-codes/generate/": "回復コードをつくる",
}
PASSWORD = "midorino-no-mori-2026"


@pytest.fixture
def hanako():
    """A resident with a confirmed address."""
    user = UserFactory(email="hanako@example.jp")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client, hanako):
    client.post("/accounts/login/", {"login": hanako.email, "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(signed_in):
    """The same, after typing the password once more."""
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return signed_in


def headings(response) -> list[str]:
    return re.findall(r"<h1>([^<]*)</h1>", response.content.decode())


@pytest.mark.parametrize(("address", "heading"), OUTSIDE.items())
def test_page_has_one_heading_in_our_words(client, address, heading):
    response = client.get(address)

    assert response.status_code == 200
    assert headings(response) == [heading]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize(("address", "heading"), INSIDE.items())
def test_page_of_own_account_has_one_heading_in_our_words(signed_in, address, heading):
    response = signed_in.get(address)

    assert response.status_code == 200
    assert headings(response) == [heading]


def test_authenticator_app_is_set_up_by_code_or_by_hand(confirmed):
    response = confirmed.get("/accounts/2fa/totp/activate/")

    assert headings(response) == ["認証アプリを使いはじめる"]
    html = response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert re.search(r'<code class="secret">[A-Z2-7]{16,}</code>', html)


@pytest.mark.parametrize(("address", "heading"), AFTER_CONFIRMING.items())
def test_second_factor_pages_are_in_our_words(confirmed, hanako, address, heading):
    TOTP.activate(hanako, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(hanako)
    response = confirmed.get(address)

    assert response.status_code == 200
    assert headings(response) == [heading]


def test_second_factor_is_asked_for_at_the_door(client, hanako):
    TOTP.activate(hanako, "JBSWY3DPEHPK3PXP")
    response = client.post(
        "/accounts/login/", {"login": hanako.email, "password": PASSWORD}, follow=True
    )
    assert headings(response) == ["2段階認証"]


def test_signing_up_asks_for_address_and_password(client):
    html = client.get("/accounts/signup/").content.decode()

    assert re.findall(r'<input type="(?:email|password)" name="(\w+)"', html) == [
        "email",
        "password1",
    ]


def test_signing_up_with_a_known_address_tells_its_owner_by_mail(client, hanako):
    response = client.post(
        "/accounts/signup/", {"email": hanako.email, "password1": PASSWORD}, follow=True
    )

    assert headings(response) == ["メールをご確認ください"]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["hanako@example.jp"], "アカウントは登録済みです")
    ]


def test_reset_mail_leads_to_a_new_password(client, hanako):
    client.post("/accounts/password/reset/", {"email": hanako.email})
    [message] = mail.outbox
    [link] = re.findall(r"https?://testserver(/accounts/\S+)", message.body)

    page = client.get(link, follow=True)
    assert message.subject == "新しいパスワードを決める"
    assert headings(page) == ["新しいパスワードを決める"]

    new = "atarashii-kotoba-7"
    done = client.post(
        page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True
    )
    assert headings(done) == ["パスワードを変えました"]
    assert client.login(email=hanako.email, password=new)


def test_wrong_password_is_said_on_top(client, hanako):
    response = client.post("/accounts/login/", {"login": hanako.email, "password": "wrong"})
    html = response.content.decode()

    assert '<div class="notice notice--error" role="alert"' in html
    assert "入力されたメールアドレスもしくはパスワードが正しくありません。" in html


def test_the_only_address_cannot_be_removed_and_others_can(signed_in, hanako):
    EmailAddress.objects.create(user=hanako, email="other@example.jp", verified=True)
    html = signed_in.get("/accounts/email/").content.decode()
    rows = re.findall(r'<li class="rows__row">.*?</li>', html, re.S)

    offered = {
        re.search(r"<strong>([^<]+)</strong>", row)[1]: re.findall(
            r'name="(action_\w+)"', row
        )
        for row in rows
    }
    assert offered == {
        "hanako@example.jp": [],
        "other@example.jp": ["action_primary", "action_remove"],
    }


def test_address_is_removed_by_its_own_button(signed_in, hanako):
    EmailAddress.objects.create(user=hanako, email="other@example.jp", verified=True)

    signed_in.post("/accounts/email/", {"email": "other@example.jp", "action_remove": ""})
    assert list(hanako.emailaddress_set.values_list("email", flat=True)) == [
        "hanako@example.jp"
    ]
