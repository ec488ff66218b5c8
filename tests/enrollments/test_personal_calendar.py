"""A person's own sessions: confirmed, waited for, called off; nobody else's."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from courses.domain.publication import withdraw_course
from courses.domain.sessions import cancel_session
from courses.enums import Delivery, RunState
from courses.models import CourseRun, SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import cancel_application, withdraw
from enrollments.domain.links import application_path
from enrollments.domain.personal_calendar import shown_to
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db
SITE = "https://manabiba.example"


def _events(user, at):
    return shown_to(user, at=at).events(at=at, site=SITE)


@pytest.fixture
def place(run, hanako, now):
    """Hanako has a place."""
    return apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)


def test_a_confirmed_place_is_a_private_event(place, hanako, now):
    (event,) = _events(hanako, now)
    session = place.run.sessions.get()
    assert (event.uid, event.summary) == (session.uid, "防災入門")
    assert (event.status, event.is_private) == ("CONFIRMED", True)


def test_who_chose_a_session_has_that_one(client, run, hanako, now):
    chosen = run.sessions.get()
    SessionFactory(run=run, number=2, title="ほかの回")
    run.pools.all().delete()
    CourseRun.objects.update(chooses_session=True)
    SeatPoolFactory(run=run, session=chosen)
    request = request_by(HANAKO, session=chosen.pk)
    apply_for_seat(run=run, request=request, by=hanako, at=now)

    assert [event.uid for event in _events(hanako, now)] == [chosen.uid]
    client.force_login(hanako)
    coming = client.get("/my/").context["coming"]
    assert [own.session for own in coming] == [chosen]


def test_one_application_has_a_calendar_of_its_own(client, place, now):
    session = place.run.sessions.get()
    others = SessionFactory(run=CourseRunFactory(course=place.run.course))
    address = f"{application_path(place)}calendar.ics"

    answer = client.get(address)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert session.uid in answer.content.decode()
    assert others.uid not in answer.content.decode()
    assert address in client.get(application_path(place)).content.decode()
    assert (
        client.get(address.replace("/applications/", "/applications/a")).status_code == 404
    )


def test_the_meeting_link_is_only_for_confirmed_places(run, place, hanako, now):
    CourseRun.objects.filter(pk=run.pk).update(delivery=Delivery.ONLINE)
    Session.objects.update(online_url="https://meet.example/1")
    (event,) = _events(hanako, now)
    assert event.conference == ("https://meet.example/1", "オンラインで参加する")


def test_waiting_is_tentative_until_a_place_is_free(run, hanako, officer, now):
    SeatPool.objects.update(capacity=1)
    first = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)
    (waiting,) = _events(hanako, now)
    assert (waiting.summary, waiting.status) == ("【キャンセル待ち】防災入門", "TENTATIVE")
    later = now + timedelta(days=12)
    cancel_application(application=first, by=officer, at=later, why="都合")
    (confirmed,) = _events(hanako, later)
    assert (confirmed.summary, confirmed.status) == ("防災入門", "CONFIRMED")
    assert confirmed.uid == waiting.uid
    assert confirmed.sequence > waiting.sequence
    assert confirmed.revised_at >= later


def test_a_place_given_back_is_gone(place, hanako, now):
    withdraw(application=place, by=hanako, at=now)
    assert _events(hanako, now) == ()


def test_applying_again_keeps_sequence_growing(run, place, hanako, now):
    (before,) = _events(hanako, now)
    withdraw(application=place, by=hanako, at=now)
    apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)
    (after,) = _events(hanako, now)
    assert after.sequence > before.sequence


def test_a_cancelled_session_stays_as_cancelled(place, hanako, officer, now):
    cancel_session(session=place.run.sessions.get(), reason="台風", by=officer, at=now)
    (event,) = _events(hanako, now)
    assert (event.summary, event.status) == ("【中止】防災入門", "CANCELLED")


def test_a_cancelled_run_does_not_just_disappear(place, hanako, officer, now):
    CourseRun.objects.update(state=RunState.CANCELLED)
    cancel_application(application=place, by=officer, at=now, why="応募少数")
    (event,) = _events(hanako, now)
    assert (event.summary, event.status) == ("【中止】防災入門", "CANCELLED")


def test_an_application_the_organiser_ended_is_gone(place, hanako, officer, now):
    cancel_application(application=place, by=officer, at=now, why="要件")
    assert _events(hanako, now) == ()


def test_a_page_taken_down_does_not_cancel_a_place(place, hanako, now):
    withdraw_course(course=place.run.course, at=now)
    (event,) = _events(hanako, now)
    assert (event.status, event.url) == ("CONFIRMED", "")


def test_applications_from_a_verified_address_count(run, hanako, officer, now):
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True)
    request = request_by(HANAKO, email=hanako.email)
    apply_for_seat(run=run, request=request, by=None, at=now)
    assert [event.summary for event in _events(hanako, now)] == ["防災入門"]
    assert _events(officer, now) == ()


@pytest.mark.parametrize("number", [1, 3])
def test_personal_events_take_a_fixed_number_of_queries(
    number, hanako, now, django_assert_num_queries
):
    for _ in range(number):
        run = CourseRunFactory()
        SeatPoolFactory(run=run)
        SessionFactory(run=run)
        apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)
    with django_assert_num_queries(10):
        assert len(_events(hanako, now)) == number
