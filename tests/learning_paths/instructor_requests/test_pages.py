"""Requests to instructors over HTTP, for each who opens the addresses."""

import pytest
from django.urls import reverse

from accounts.models import AccessLog
from cms.permissions import set_up_roles
from learning_paths.domain.instructor_requests.links import answer_path, own_path
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest
from tests.factories import DepartmentFactory, StaffProfileFactory, UserFactory

SAID = {
    "name": "小林 さゆり",
    "email": "sayuri@example.jp",
    "purpose": "花だんの作り方",
    "dates": "土曜日",
    "place": "北原小学校",
    "people": "20",
    "agrees": "on",
    "form_key": "6b1c1a52-3c55-4e4c-8a0e-0a7a5f3b1c11",
}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def officer(section):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=section).user
    user.groups.add(officers)
    return user


@pytest.fixture
def address(gardener):
    return reverse("instructor_request", args=[gardener.pk])


def test_somebody_asks_twice_and_there_is_one_request(client, address):
    answers = [client.post(address, SAID) for _time in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    made = InstructorRequest.objects.get()
    assert answers[0].url == own_path(made)
    assert "依頼を受け付けました" in client.get(answers[0].url).content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, address):
    answer = client.post(address, SAID | {"email": "", "agrees": ""})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "どちらかを入力してください" in html
    assert "花だんの作り方" in html
    assert not InstructorRequest.objects.exists()


def test_a_machine_is_thanked_and_forgotten(client, address):
    answer = client.post(address, SAID | {"homepage": "http://example.com"})

    assert answer.status_code == 302
    assert not InstructorRequest.objects.exists()


def test_too_many_requests_have_to_wait(client, address, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "instructor_request": "1/10m"}
    client.post(address, SAID)

    assert client.post(address, SAID).status_code == 429


def test_whoever_is_not_on_the_register_is_not_there(client, gardener, address):
    gardener.approved_at = None
    gardener.save()

    assert client.get(address).status_code == 404


def test_the_owner_sees_and_takes_back(client, asked):
    address = own_path(asked)
    assert "取り下げる" in client.get(address).content.decode()
    client.post(address)
    asked.refresh_from_db()

    assert asked.state == State.WITHDRAWN
    assert client.post(address).status_code == 409


def test_the_instructor_looks_first_and_then_decides(client, forwarded):
    address = answer_path(forwarded)
    html = client.get(address).content.decode()
    assert "花だん" in html
    assert "sayuri@example.jp" not in html

    client.post(address, {"act": "agree", "words": "喜んで"})
    forwarded.refresh_from_db()
    assert forwarded.state == State.ACCEPTED
    assert "sayuri@example.jp" in client.get(address).content.decode()
    assert client.post(address, {"act": "decline"}).status_code == 409


@pytest.mark.parametrize("name", ["instructor_answer", "instructor_request_own"])
def test_forged_links_open_nothing(client, forwarded, name):
    assert client.get(reverse(name, args=["forged"])).status_code == 404


def test_neither_link_opens_the_other(client, forwarded):
    own = own_path(forwarded).rstrip("/").rpartition("/")[2]
    assert client.get(reverse("instructor_answer", args=[own])).status_code == 404


def test_the_owners_page_never_shows_the_instructors_address(client, forwarded):
    assert "niwano@example.jp" not in client.get(own_path(forwarded)).content.decode()


def test_the_section_passes_it_on(client, asked, gardener, officer):
    client.force_login(officer)
    address = reverse("manage_instructor_request", args=[asked.pk])
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "対応を待つ依頼 1件" in start
    assert client.post(address, {"act": "forward"}).status_code == 422
    nowhere = client.post(address, {"act": "forward", "instructor": gardener.pk})
    assert nowhere.status_code == 409
    assert "この講師のメールアドレスは、台帳にありません。" in nowhere.content.decode()
    said = {"act": "forward", "instructor": gardener.pk, "address": "niwano@example.jp"}
    assert client.post(address, said).status_code == 302

    listed = client.get(reverse("manage_instructor_requests"), {"state": "forwarded"})
    assert "小林 さゆり" in listed.content.decode()
    assert AccessLog.objects.filter(subject="講師への依頼").exists()
    assert client.post(address, {"act": "close", "why": ""}).status_code == 409
    client.post(address, {"act": "close", "why": "講師の都合"})
    asked.refresh_from_db()
    assert asked.state == State.CLOSED


def test_the_section_enters_what_was_said_by_telephone(client, gardener, officer):
    client.force_login(officer)
    said = {**SAID, "instructor": gardener.pk, "email": "", "phone": "0420-55-0001"}
    answer = client.post(reverse("manage_instructor_request_new"), said)

    made = InstructorRequest.objects.get()
    assert answer.url == reverse("manage_instructor_request", args=[made.pk])
    assert made.entered_by == officer


@pytest.mark.parametrize("who", ["anonymous", "resident", "other"])
def test_nobody_else_opens_a_request(client, asked, who):
    if who == "resident":
        client.force_login(UserFactory())
    if who == "other":
        officers, _administrators = set_up_roles()
        user = StaffProfileFactory(department=DepartmentFactory()).user
        user.groups.add(officers)
        client.force_login(user)
    address = reverse("manage_instructor_request", args=[asked.pk])

    assert client.get(address).status_code == (302 if who == "anonymous" else 403)
    if who == "other":
        listed = client.get(reverse("manage_instructor_requests"))
        assert "小林" not in listed.content.decode()


def test_the_list_costs_the_same_for_one_and_three(
    client, asked, officer, gardener, django_assert_num_queries, now
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.learning_paths.instructor_requests.test_passing_on import _ask

    client.force_login(officer)
    address = reverse("manage_instructor_requests")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(2):
        _ask(gardener, now)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_how_to_reach_an_instructor_stands_on_no_public_page(client, gardener):
    gardener.contact_email, gardener.contact_phone = "secret@example.jp", "0420-99-9999"
    gardener.save()
    for name in ("instructor_page", "instructor_request"):
        page = client.get(reverse(name, args=[gardener.pk])).content.decode()
        assert "庭野" in page
        assert "secret@example.jp" not in page
        assert "0420-99-9999" not in page


def test_instructors_are_searched_by_word_and_area(client, gardener):
    page = reverse("instructors")
    assert "庭野" in client.get(page, {"q": "にわの"}).content.decode()
    assert "庭野" not in client.get(page, {"q": "料理"}).content.decode()
    assert "庭野" in client.get(page, {"area": "桜台"}).content.decode()
    own = reverse("instructor_page", args=[gardener.pk])
    asks = reverse("instructor_request", args=[gardener.pk])
    assert asks in client.get(own).content.decode()


def test_ones_own_requests_are_found_from_the_account(client, address):
    user = UserFactory()
    client.force_login(user)
    client.post(address, SAID)
    page = reverse("my_instructor_requests")
    made = InstructorRequest.objects.get()

    assert made.user == user
    assert own_path(made) in client.get(page).content.decode()
    client.force_login(UserFactory())
    assert own_path(made) not in client.get(page).content.decode()
