"""学びたい over HTTP, as residents and staff meet it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.own_data import Whose, data_of
from enrollments.models import Notification
from learning_paths.domain.wanted.confirming import voice_token
from learning_paths.domain.wanted.joining import join_by_mail, join_signed_in
from learning_paths.models import LearningRequest, LearningVoice
from tests.factories import NOON, StaffProfileFactory, UserFactory
from tests.learning_paths.wanted.conftest import FACTS

pytestmark = pytest.mark.django_db
NEW = "/requests/new/"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


def _said(**changes: object) -> dict[str, object]:
    said = {"title": "川の生きもの観察", "form_key": uuid4(), "email": "mori@example.jp"}
    return {**said, **changes}


def test_visitor_sends_a_wish_by_mail(client, wanted):
    response = client.post(NEW, _said())
    assert response.url == "/requests/sent/"
    made = LearningRequest.objects.get(title="川の生きもの観察")
    assert made.state == "unconfirmed"

    address = reverse("learning_voice", args=[voice_token(made.voices.get())])
    assert "わたしの声です" in client.get(address).content.decode()
    assert made.voices.get().confirmed_at is None
    client.post(address, {"step": "confirm"})
    assert LearningRequest.objects.get(pk=made.pk).state == "received"
    client.post(address, {"step": "take_back"})
    assert not made.voices.exists()
    assert client.get(address).status_code == 404


def test_similar_wishes_are_shown_first_and_nothing_is_lost(client, wanted):
    said = _said(title="スマートフォンの安全な使い方講座", detail="写真も")
    page = client.post(NEW, said).content.decode()
    assert "近い希望があります" in page
    assert 'value="スマートフォンの安全な使い方講座"' in page
    assert LearningRequest.objects.count() == 1

    client.post(NEW, {**said, "step": "send"})
    assert LearningRequest.objects.count() == 2


def test_join_button_of_the_form_takes_the_address_along(client, wanted):
    said = _said(title="スマートフォン")
    response = client.post(reverse("join_request", args=[wanted.pk]), said)
    assert response.url == "/requests/sent/"
    assert wanted.voices.filter(email="mori@example.jp").count() == 1


def test_error_keeps_what_was_typed(client, db):
    response = client.post(NEW, _said(title="", detail="朝がよいです"))
    assert response.status_code == 422
    assert "朝がよいです" in response.content.decode()


def test_trap_keeps_nothing(client, wanted):
    for address in (NEW, reverse("join_request", args=[wanted.pk])):
        response = client.post(address, _said(homepage="https://spam.example"))
        assert response.url == "/requests/sent/"
    assert (LearningRequest.objects.count(), LearningVoice.objects.count()) == (1, 1)


def test_rate_is_limited(client, wanted, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "request": "1/10m"}
    assert client.post(NEW, _said()).status_code == 302
    refused = client.post(NEW, _said(title="ほかのこと"))
    assert refused.status_code in (409, 429)
    assert LearningRequest.objects.count() == 2


def test_signed_in_person_joins_at_once(client, wanted, jiro):
    client.force_login(jiro)
    response = client.post(reverse("join_request", args=[wanted.pk]), follow=True)
    page = response.content.decode()
    assert "あなたの声も入っています" in page
    assert "2人" in page
    assert "田中" not in page.split("<main")[1]


def test_list_filters_and_names_nobody(client, wanted, keiko):
    page = client.get("/requests/").content.decode()
    assert "スマートフォンの安全な使い方" in page
    assert keiko.last_name not in page
    assert "ありません" in client.get("/requests/?state=planned").content.decode()
    assert client.get("/requests/?theme=nothing&state=%00").status_code == 200


def test_list_costs_the_same_however_many(client, wanted, django_assert_num_queries):
    client.get("/requests/")
    with CaptureQueriesContext(connection) as once:
        client.get("/requests/")
    for number in range(3):
        LearningRequest.objects.create(title=f"希望{number}", state="open", asked_at=NOON)
    with django_assert_num_queries(len(once.captured_queries)):
        client.get("/requests/")


def test_own_wishes_are_listed_taken_out_and_taken_back(client, wanted, jiro, keiko):
    join_signed_in(request=wanted, by=jiro, at=NOON)
    client.force_login(jiro)
    assert "「わたしも」と伝えました" in client.get("/requests/mine/").content.decode()
    told = {one.chapter.key: one.rows for one in data_of(Whose(user=jiro))}
    assert [row["title"] for row in told["learning_requests"]] == [FACTS.title]

    foreign = wanted.voices.get(user=keiko)
    address = reverse("take_back_voice", args=[foreign.pk])
    assert client.post(address).status_code == 404
    own = wanted.voices.get(user=jiro)
    client.post(reverse("take_back_voice", args=[own.pk]))
    assert wanted.voices.count() == 1


def test_not_public_ones_are_nobodys(client, received):
    assert client.get(received.get_absolute_url()).status_code == 404
    assert client.post(reverse("join_request", args=[received.pk])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 200), ("colleague", 200), ("keiko", 403)]
)
def test_who_opens_the_desk(client, wanted, officer, keiko, who, status):
    people = {"officer": officer, "keiko": keiko, "colleague": StaffProfileFactory().user}
    client.force_login(people[who])
    _let_in(people[who])
    for address in ("manage_requests", "manage_request_new"):
        assert client.get(reverse(address)).status_code == status
    assert client.get(reverse("manage_request", args=[wanted.pk])).status_code == status


def _let_in(user):
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))


def test_desk_publishes_and_answers(client, received, officer):
    client.force_login(officer)
    address = reverse("manage_request", args=[received.pk])
    said = {"step": "publish", "publish-title": "スマホの使い方", "publish-detail": ""}
    client.post(address, said)
    received.refresh_from_db()
    assert (received.state, received.title) == ("open", "スマホの使い方")

    refused = client.post(address, {"step": "answer", "answer-to": "not_possible"})
    assert refused.status_code == 422
    words = {"answer-to": "considering", "answer-words": "来年度に考えます。"}
    client.post(address, {"step": "answer", **words})
    received.refresh_from_db()
    assert received.state == "considering"
    assert Notification.objects.filter(subject__contains="答え").count() == 1


def test_colleague_without_the_permission_does_not_moderate(client, received):
    colleague = StaffProfileFactory().user
    _let_in(colleague)
    client.force_login(colleague)
    address = reverse("manage_request", args=[received.pk])
    said = {"step": "publish", "publish-title": "スマホの使い方"}
    assert client.post(address, said).status_code == 404


def test_staff_enter_what_was_telephoned(client, officer):
    client.force_login(officer)
    said = {"title": "編み物", "name": "森 正", "phone": "0420-11-2233", "channel": "phone"}
    client.post(reverse("manage_request_new"), {**said, "form_key": uuid4()})
    assert LearningRequest.objects.get().voices.get().name == "森 正"


def test_course_begins_from_a_wish(client, wanted, officer):
    client.force_login(officer)
    page = client.get(reverse("manage_course_new"), {"request": wanted.pk})
    assert f'value="{FACTS.title}"' in page.content.decode()


def test_link_by_mail_needs_no_account(client, wanted):
    join_by_mail(request=wanted, email="mori@example.jp", at=NOON)
    anonymous = client.get(reverse("own_requests"))
    assert anonymous.status_code == 302


def test_visitor_without_confirmed_address_is_asked_for_one(client, wanted):
    client.force_login(UserFactory())
    address = reverse("join_request", args=[wanted.pk])
    assert client.post(address).status_code == 422
    assert client.post(address, {"email": "a@example.jp"}).url == "/requests/sent/"
