"""The calendar of one application, to which somebody without an account subscribes."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from courses.enums import Delivery
from courses.models import CourseRun, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import (
    application_calendar_path,
    application_for,
    application_of_calendar,
    application_token,
    offer_for,
)
from enrollments.domain.session_changes import cancel_session_and_tell
from tests.courses.calendars import events_in, summaries
from tests.enrollments.requests import HANAKO, request_by

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def application(run, now):
    request = request_by(HANAKO, email="hanako@example.jp")
    return apply_for_seat(run=run, request=request, by=None, at=now)


@pytest.fixture
def address(application):
    return application_calendar_path(application)


def _token(address):
    return address.removeprefix("/calendar/").removesuffix(".ics")


def test_it_shows_the_sessions_with_the_link_of_the_meeting(client, run, address):
    CourseRun.objects.update(delivery=Delivery.ONLINE)
    Session.objects.update(online_url="https://meet.example/1")

    response = client.get(address)
    (event,) = events_in(response.content)
    assert response.status_code == 200
    assert str(event["CONFERENCE"]) == "https://meet.example/1"
    assert str(event["CLASS"]) == "PRIVATE"
    assert b"REFRESH-INTERVAL" in response.content


def test_it_follows_what_happens(client, run, application, address, officer, now):
    before = client.get(address)
    cancel_session_and_tell(session=run.sessions.get(), reason="台風", by=officer, at=now)

    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert summaries(after.content) == ["【中止】防災入門"]
    again = client.get(address, headers={"If-None-Match": after["ETag"]})
    assert again.status_code == 304


def test_nothing_in_it_leads_to_the_application_or_names_anybody(
    client, application, address
):
    body = client.get(address).content.decode()
    for secret in (application.public_id.hex, "hanako", "山田", "花子", "/applications/"):
        assert secret not in body.replace("\r\n ", "")
    assert "SOURCE" not in body


def test_it_is_for_nobody_else(client, address):
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies == {}


def test_its_token_opens_the_calendar_only_and_the_others_do_not(application, address):
    token = _token(address)
    assert application_of_calendar(token) == application
    assert application_for(token) is None
    assert offer_for(token) is None
    assert application_of_calendar(application_token(application)) is None


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: f"0{t[1:]}x", str.upper])
def test_a_forged_token_is_answered_like_any_unknown_calendar(client, address, change):
    unknown = client.get(reverse("personal_feed", args=["unknown"]))
    forged = client.get(f"/calendar/{change(_token(address))}.ics")
    assert (forged.status_code, forged.content) == (404, unknown.content)
    assert forged.headers == unknown.headers


def test_whoever_withdrew_has_nothing_in_it(client, application, address, now):
    withdraw(application=application, by=None, at=now)
    assert summaries(client.get(address).content) == []


def test_another_id_of_the_application_ends_it(client, application, address):
    application.public_id = "11111111-2222-4333-8444-555555555555"
    application.save()
    assert client.get(address).status_code == 404
