"""The mail's link: asked with GET, answered with POST, once, without signing in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import offer_token
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Offer
from tests.cms.sent_form import as_shown
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory, UserFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def offer(run, now) -> Offer:
    people = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO, KEIKO)
    ]
    withdraw(application=people[0], by=None, at=now)
    return Offer.objects.get()


@pytest.fixture
def address(offer) -> str:
    return reverse("offer", args=[offer_token(offer)])


@pytest.fixture
def _an_hour_later(now):
    with time_machine.travel(now + HOUR, tick=False):
        yield


@pytest.mark.usefixtures("_an_hour_later")
def test_link_asks_and_looking_answers_nothing(client, offer, address):
    response = client.get(address)
    page = response.content.decode()

    assert "席が空きました。受講しますか" in page
    assert "11月23日（月）12:00" in page
    assert "田中" not in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN


@pytest.mark.usefixtures("_an_hour_later")
@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        ("accept", State.ACCEPTED, "受講が決まりました"),
        ("decline_surely", State.DECLINED, "辞退を受け付けました"),
    ],
)
def test_answer_is_taken_once(client, offer, address, answer, state, words):
    response = client.post(address, {"answer": answer}, follow=True)

    assert words in response.content.decode()
    offer.application.refresh_from_db()
    assert offer.application.state == state
    other = {"accept": "decline", "decline_surely": "accept"}[answer]
    again = client.post(address, {"answer": other})
    assert again.status_code == 409
    assert "すでに" in again.content.decode()
    offer.application.refresh_from_db()
    assert offer.application.state == state


@pytest.mark.usefixtures("_an_hour_later")
def test_declining_is_asked_once_more(client, offer, address):
    """One press too many would give the place away for good."""
    asked = client.post(address, {"answer": "decline"})

    assert asked.status_code == 200
    assert "ほんとうに辞退しますか" in asked.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN
    client.post(address, as_shown(asked) | {"answer": "decline_surely"})
    offer.refresh_from_db()
    assert offer.state == OfferState.DECLINED


def test_link_after_the_deadline_says_so(client, offer, address):
    with time_machine.travel(offer.reply_by, tick=False):
        page = client.get(address).content.decode()
        assert "回答期限が過ぎたため" in page
        assert 'name="answer"' not in page
        late = client.post(address, {"answer": "accept"})
    assert late.status_code == 409
    assert "回答期限が過ぎたため" in late.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.EXPIRED


@pytest.mark.usefixtures("_an_hour_later")
def test_link_of_an_offer_taken_back_says_so(client, offer, address, now):
    withdraw(application=offer.application, by=None, at=now + HOUR)
    assert "このご案内は取り下げられました。" in client.get(address).content.decode()


@pytest.mark.usefixtures("_an_hour_later")
def test_answer_that_is_none_is_asked_again(client, offer, address):
    response = client.post(address, {"answer": "maybe"})
    assert response.status_code == 409
    assert 'value="accept"' in response.content.decode()


def test_forged_link_is_not_found(client, offer):
    forged = reverse("offer", args=[f"{offer.public_id.hex}.AAAA"])
    assert client.get(forged).status_code == 404
    assert client.post(forged, {"answer": "accept"}).status_code == 404


def test_answering_needs_the_page_that_was_shown(offer, address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403


@pytest.mark.django_db
def test_my_page_puts_what_waits_on_top_in_fixed_queries(client, now):
    user = UserFactory(email="keiko@example.jp")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    client.force_login(user)
    counted = []
    for number in (1, 2):
        for _each in range(number):
            _offered_to(user, now)
        with time_machine.travel(now + HOUR, tick=False):
            client.get("/my/")
            with CaptureQueriesContext(connection) as queries:
                page = client.get("/my/").content.decode()
        counted.append(len(queries))
    assert page.count("席が空きました。11月23日（月）12:00までにお返事ください。") == 3
    assert page.index("お返事をお待ちしています") < page.index("次の予定")
    assert counted[0] == counted[1]


def _offered_to(user, now):
    run = CourseRunFactory()
    SeatPoolFactory(run=run, capacity=1)
    SessionFactory(run=run)
    first = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    request = request_by(KEIKO, email=user.email)
    apply_for_seat(run=run, request=request, by=None, at=now)
    withdraw(application=first, by=None, at=now)
