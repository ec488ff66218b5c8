"""Asking, confirming and ending, as a person does it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from courses.models import Course
from enrollments.domain.delivery import deliver_due
from enrollments.domain.held_again_news import tell_of_new_runs
from enrollments.models import HeldAgainWish
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MAIL = "hanako@example.jp"
ASK = "/courses/bosai/held-again/"


@pytest.fixture
def course() -> Course:
    return CourseFactory(slug="bosai", title="防災入門")


@pytest.fixture
def hanako():
    user = UserFactory(email=MAIL)
    EmailAddress.objects.create(user=user, email=MAIL, verified=True, primary=True)
    return user


def post_mail() -> mail.EmailMessage:
    """Everything that waits leaves; returns the last."""
    deliver_due(at=NOON.replace(year=2100))
    return mail.outbox[-1]


def link_in(message: mail.EmailMessage) -> str:
    return re.search(r"https?://[^/\s]+(/[^\s]*held-again/\S+)", message.body)[1]


@pytest.fixture
def link(client, course) -> str:
    client.post(ASK, {"email": MAIL})
    return link_in(post_mail())


@pytest.mark.parametrize("known", [False, True])
def test_answer_is_the_same_for_every_address(client, course, known):
    if known:
        HeldAgainWish.objects.create(course=course, email=MAIL, confirmed_at=NOON)

    response = client.post(ASK, {"email": MAIL})

    assert (response.status_code, response["Location"]) == (302, "/held-again/asked/")
    assert MAIL not in client.get("/held-again/asked/").content.decode()


def test_link_shows_first_and_confirms_by_its_button(client, link):
    assert "この講座の開催をお知らせしますか" in client.get(link).content.decode()
    assert HeldAgainWish.objects.get().confirmed_at is None

    assert "開催が決まったらお知らせします" in client.post(link).content.decode()
    assert HeldAgainWish.objects.get().confirmed_at is not None


@pytest.mark.parametrize("token", ["forged", "0" * 32 + ".forged", "ぺ"])
def test_forged_link_is_not_found(client, course, token):
    assert client.get(f"/held-again/{token}/").status_code == 404


def test_link_of_a_forgotten_wish_is_not_found(client, link):
    HeldAgainWish.objects.all().delete()

    assert client.get(link).status_code == 404


def test_mail_program_stops_by_one_post(course):
    wish = HeldAgainWish.objects.create(course=course, email=MAIL, confirmed_at=NOON)
    SessionFactory(run=CourseRunFactory(course=course))
    tell_of_new_runs(at=NOON, limit=20)
    headers = post_mail().extra_headers
    address = re.fullmatch(r"<https?://[^/]+(/.*)>", headers["List-Unsubscribe"])[1]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    strict = Client(enforce_csrf_checks=True)
    assert "お知らせをやめますか" in strict.get(address).content.decode()
    assert HeldAgainWish.objects.get() == wish
    response = strict.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert HeldAgainWish.objects.count() == 0
    assert "お知らせをやめました" in strict.get(address).content.decode()


def test_mails_that_nobody_can_stop_have_no_such_header(client, link):
    assert "List-Unsubscribe" not in mail.outbox[-1].extra_headers


@pytest.mark.parametrize("address", ["", "hanako", "a" * 300 + "@example.jp"])
def test_address_that_is_none_is_asked_for_again(client, course, address):
    response = client.post(ASK, {"email": address})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert HeldAgainWish.objects.count() == 0


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 302),
        ("http://testserver", 302),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_form_on_another_site_is_refused(course, origin, status):
    extra = {"HTTP_ORIGIN": origin} if origin else {}

    response = Client(enforce_csrf_checks=True).post(ASK, {"email": MAIL}, **extra)

    assert response.status_code == status
    assert HeldAgainWish.objects.count() == (1 if status == 302 else 0)


def test_signed_in_form_needs_its_token(course, hanako):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hanako)

    assert strict.post(ASK).status_code == 403
    assert HeldAgainWish.objects.count() == 0


def test_signed_in_person_is_noted_at_once(client, course, hanako):
    client.force_login(hanako)

    response = client.post(ASK)

    assert response["Location"] == "/courses/bosai/"
    assert HeldAgainWish.objects.get().confirmed_at is not None
    page = client.get("/my/").content.decode()
    assert "次の開催のお知らせ" in page
    assert "防災入門" in page


def test_own_wish_is_ended_on_my_page(client, course, hanako):
    wish = HeldAgainWish.objects.create(course=course, email=MAIL, confirmed_at=NOON)
    client.force_login(hanako)

    assert client.post(f"/my/held-again/{wish.pk}/stop/")["Location"] == "/my/"
    assert HeldAgainWish.objects.count() == 0


def test_wish_of_somebody_else_is_not_found(client, course, hanako):
    wish = HeldAgainWish.objects.create(course=course, email="taro@example.jp")
    client.force_login(hanako)

    assert client.post(f"/my/held-again/{wish.pk}/stop/").status_code == 404
    assert HeldAgainWish.objects.count() == 1


def test_too_many_attempts_are_told_to_wait(client, course, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "held_again": "1/1h"}
    client.post(ASK, {"email": MAIL})

    assert client.post(ASK, {"email": MAIL}).status_code == 429


@pytest.mark.parametrize("published", [{"published_at": None}, {"withdrawn_at": NOON}])
def test_course_that_is_not_public_is_not_found(client, published):
    CourseFactory(slug="bosai", **published)

    assert client.get(ASK).status_code == 404
    assert client.post(ASK, {"email": MAIL}).status_code == 404
