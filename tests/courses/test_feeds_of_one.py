"""The calendar of one run, and one session as a file."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from courses.domain.publication import publish_course, withdraw_course
from courses.enums import RunState
from courses.models import CourseRun
from tests.courses.calendars import events_in, summaries, unfolded
from tests.factories import CourseFactory, CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUBSCRIBED = ("NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE")


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def run():
    course = CourseFactory(slug="防災", title="防災入門")
    return CourseRunFactory(course=course, code="2026-9001", label="A日程")


@pytest.fixture
def session(run):
    return SessionFactory(run=run, number=1)


def _file(session) -> str:
    return f"/sessions/{session.key}.ics"


def test_run_feed_holds_one_offering_of_the_course(client, run, session, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    SessionFactory(run__course=run.course, run__label="B日程")
    body = client.get("/runs/2026-9001/calendar.ics").content
    assert summaries(body) == ["防災入門 A日程"]
    lines = unfolded(body)
    assert "NAME:防災入門 A日程｜まなびば" in lines
    assert "SOURCE;VALUE=URI:https://manabiba.example/runs/2026-9001/calendar.ics" in lines
    assert "URL:https://manabiba.example/courses/%E9%98%B2%E7%81%BD/" in lines


def test_run_that_is_not_announced_or_of_a_draft_has_no_calendar(client, run, session):
    draft = SessionFactory(run__course__published_at=None)
    CourseRun.objects.filter(pk=run.pk).update(state=RunState.PLANNED)
    for code in (run.code, draft.run.code):
        assert client.get(f"/runs/{code}/calendar.ics").status_code == 404
    for one in (session, draft):
        assert client.get(_file(one)).status_code == 404


def test_session_file_is_for_saving_and_not_for_subscribing(client, session):
    response = client.get(_file(session))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"calendar.ics\"; filename*=UTF-8''"
        "%E9%98%B2%E7%81%BD%E5%85%A5%E9%96%80.ics"
    )
    lines = unfolded(response.content)
    assert lines[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Manabiba//Manabiba//JA",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Tokyo",
    ]
    assert not [line for line in lines if line.startswith(SUBSCRIBED)]


def test_session_file_is_the_event_of_the_feed(client, run, session):
    SessionFactory(run=run, number=2)
    (alone,) = events_in(client.get(_file(session)).content)
    feed = events_in(client.get(f"/runs/{run.code}/calendar.ics").content)
    (same,) = [event for event in feed if str(event["UID"]) == session.uid]
    assert alone.to_ical() == same.to_ical()
    assert str(alone["SUMMARY"]) == "防災入門 A日程 第1回（全2回）"


def test_session_file_of_a_course_taken_down_says_so(client, session, now):
    withdraw_course(course=session.run.course, at=now)
    (event,) = events_in(client.get(_file(session)).content)
    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["SUMMARY"]).startswith("【掲載終了】")


def test_session_file_stays_when_the_session_has_left_the_feed(client, run, now):
    start = now - 100 * DAY
    old = SessionFactory(run=run, starts_at=start, ends_at=start + DAY / 12)
    assert summaries(client.get(f"/runs/{run.code}/calendar.ics").content) == []
    assert summaries(client.get(_file(old)).content) == ["防災入門 A日程"]


def test_what_is_entered_while_a_course_is_taken_down_is_not_public(client, run, now):
    """It was never announced: neither its date nor that it would be called off."""
    session = SessionFactory(run=run, number=1, created_at=now - 2 * DAY)
    withdraw_course(course=run.course, at=now - DAY)
    later = SessionFactory(run=run, number=2, created_at=now)
    for address in ("/runs/2026-9001", "/courses/防災", ""):
        [event] = events_in(client.get(f"{address}/calendar.ics").content)
        assert str(event["UID"]) == session.uid
    assert client.get(_file(later)).status_code == 404
    publish_course(course=run.course, slug="防災", title="防災入門", at=now)
    cache.clear()
    assert len(events_in(client.get("/runs/2026-9001/calendar.ics").content)) == 2
    assert client.get(_file(later)).status_code == 200
