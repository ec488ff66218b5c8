"""Public calendars as clients fetch them: headers, conditions, methods, addresses."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from courses.domain.publication import withdraw_course
from courses.domain.sessions import cancel_session
from courses.enums import RunState
from courses.models import CourseRun
from tests.courses.calendars import events_in, summaries, unfolded
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StageFactory,
    ThemeFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import move_session

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def session(now):
    return SessionFactory(
        number=1,
        run__course=CourseFactory(slug="防災", title="防災入門", summary="はじめの一歩"),
        created_at=now - 2 * DAY,
        revised_at=now - DAY,
    )


@pytest.fixture
def url(session):
    return f"/courses/{session.run.course.slug}/calendar.ics"


def _moved(session, now):
    return move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        by=UserFactory(is_superuser=True),
        at=now,
    )


def test_course_feed_answers_with_the_headers_that_calendars_need(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Last-Modified"] == "Fri, 20 Nov 2026 03:00:00 GMT"
    assert response["ETag"].startswith('W/"')
    assert response["Content-Length"] == str(len(response.content))
    assert response["Content-Disposition"] == (
        "inline; filename=\"calendar.ics\"; filename*=UTF-8''"
        "%E9%98%B2%E7%81%BD%E5%85%A5%E9%96%80%EF%BD%9C%E3%81%BE%E3%81%AA%E3%81%B3%E3%81%B0.ics"
    )
    assert response.cookies == {}
    assert response["X-Robots-Tag"] == "noindex"


def test_course_feed_names_itself_and_its_page(client, url, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    lines = unfolded(client.get(url).content)
    address = "https://manabiba.example/courses/%E9%98%B2%E7%81%BD/"
    assert "NAME:防災入門｜まなびば" in lines
    assert f"URL:{address}" in lines
    assert f"SOURCE;VALUE=URI:{address}calendar.ics" in lines
    assert [line for line in lines if line.startswith("DESCRIPTION:はじめの一歩\\n")]


def test_bytes_are_the_same_for_every_client_and_request(client, url):
    plain = client.get(url).content
    for headers in (
        {"HTTP_ACCEPT_LANGUAGE": "en"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_USER_AGENT": "Google-Calendar-Importer"},
        {"HTTP_COOKIE": "sessionid=0123456789abcdef0123456789abcdef; django_language=en"},
        {"HTTP_COOKIE": "sessionid=damaged; csrftoken=damaged"},
    ):
        response = client.get(url, **headers)
        assert (response.status_code, response.content) == (200, plain)
        assert (response["Vary"], response.cookies) == ("Accept-Encoding", {})


def test_bytes_do_not_change_with_time_or_unrelated_edits(client, url, session, now):
    before = client.get(url)
    CourseRun.objects.filter(pk=session.run_id).update(note="駐車場なし", fee=500)
    SeatPoolFactory(run=session.run, seats_taken=1)
    with time_machine.travel(now + timedelta(hours=5), tick=False):
        after = client.get(url)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert after["Last-Modified"] == before["Last-Modified"]


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_unchanged_calendar_is_304_with_the_same_headers(client, url, header):
    full = client.get(url)
    name = {"ETag": "HTTP_IF_NONE_MATCH", "Last-Modified": "HTTP_IF_MODIFIED_SINCE"}[header]
    response = client.get(url, **{name: full[header]})
    assert (response.status_code, response.content) == (304, b"")
    for kept in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert response[kept] == full[kept]


def test_if_none_match_wins_over_if_modified_since(client, url):
    full = client.get(url)
    response = client.get(
        url, HTTP_IF_NONE_MATCH='"other"', HTTP_IF_MODIFIED_SINCE=full["Last-Modified"]
    )
    assert response.status_code == 200
    response = client.get(
        url,
        HTTP_IF_NONE_MATCH=full["ETag"],
        HTTP_IF_MODIFIED_SINCE="Thu, 01 Jan 1970 00:00:00 GMT",
    )
    assert response.status_code == 304


def test_gzip_is_offered_and_its_etag_is_recognised(client, url):
    full = client.get(url)
    packed = client.get(url, HTTP_ACCEPT_ENCODING="gzip")
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == full.content
    again = client.get(url, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert again.status_code == 304


def test_a_moved_session_changes_etag_and_last_modified(client, url, session, now):
    before = client.get(url)
    _moved(session, now)
    after = client.get(url, HTTP_IF_MODIFIED_SINCE=before["Last-Modified"])
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] == "Sat, 21 Nov 2026 03:00:00 GMT"
    assert summaries(after.content) == ["【日時変更】防災入門"]


def test_bytes_that_change_without_a_revision_are_new_from_that_moment(
    client, url, session, now
):
    before = client.get(url)
    session.run.venue = VenueFactory(name="あたらしい名前")
    session.run.save()
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        after = client.get(url, HTTP_IF_MODIFIED_SINCE=before["Last-Modified"])
        assert after.status_code == 200
        assert after["Last-Modified"] == "Sat, 21 Nov 2026 04:00:00 GMT"
    with time_machine.travel(now + timedelta(hours=9), tick=False):
        assert client.get(url)["Last-Modified"] == after["Last-Modified"]


def test_head_tells_the_same_without_a_body(client, url):
    full, head = client.get(url), client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "ETag", "Last-Modified", "Content-Length", "Vary"):
        assert head[name] == full[name]


@pytest.mark.parametrize(
    "method",
    ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "REPORT", "TRACE", "MKCALENDAR"],
)
def test_other_methods_are_refused(client, url, method):
    client.handler.enforce_csrf_checks = True
    response = client.generic(method, url)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_pages_of_other_sites_are_told_what_they_may_ask(client, url):
    response = client.options(url)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.5, br", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, identity", False),
        ("x-gzipped", False),
        ("", False),
    ],
)
def test_packing_follows_what_the_client_takes(client, url, accepted, packed):
    response = client.get(url, HTTP_ACCEPT_ENCODING=accepted)
    assert response.headers.get("Content-Encoding") == ("gzip" if packed else None)


@pytest.mark.parametrize(
    "path",
    [
        "/courses/nothing/calendar.ics",
        "/stages/nothing/calendar.ics",
        "/themes/nothing/calendar.ics",
        "/series/nothing/calendar.ics",
        "/venues/nothing/calendar.ics",
        "/runs/nothing/calendar.ics",
        "/sessions/00000000-0000-4000-8000-000000000000.ics",
        "/groups/nothing/calendar.ics",
    ],
)
def test_unknown_calendar_is_a_plain_404(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "カレンダーが見つかりません。\n"
    assert response.cookies == {}


def test_a_draft_has_no_calendar_and_a_withdrawn_course_keeps_it(client, url, session, now):
    draft = CourseFactory(published_at=None)
    assert client.get(f"/courses/{draft.slug}/calendar.ics").status_code == 404
    withdraw_course(course=session.run.course, at=now)
    (event,) = events_in(client.get(url).content)
    assert (str(event["STATUS"]), "URL" in event) == ("CANCELLED", False)


def test_a_cancelled_session_keeps_its_uid_and_raises_sequence(client, url, session, now):
    cancel_session(
        session=session, reason="台風", by=UserFactory(is_superuser=True), at=now
    )
    (event,) = events_in(client.get(url).content)
    assert str(event["UID"]) == session.uid
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (1, "CANCELLED")
    assert event.stamp == event.last_modified == now


def test_stage_theme_and_venue_have_their_own_calendars(client):
    stage, branch = StageFactory(key="blooming"), ThemeFactory(key="water")
    leaf = ThemeFactory(key="flood", parent=branch)
    room = RoomFactory(venue__code="hall")
    course = CourseFactory(title="水害")
    course.stages.add(stage)
    course.themes.add(leaf)
    SessionFactory(run=CourseRunFactory(course=course), room=room)
    SessionFactory(run__course__title="ほか", run__venue=room.venue, venue=VenueFactory())
    for path in (
        "/stages/blooming/calendar.ics",
        "/themes/water/calendar.ics",
        "/themes/flood/calendar.ics",
        "/venues/hall/calendar.ics",
    ):
        assert summaries(client.get(path).content) == ["水害"], path


def test_empty_calendar_is_valid_and_can_be_304(client):
    StageFactory(key="quiet", name="しずか")
    full = client.get("/stages/quiet/calendar.ics")
    assert (full.status_code, events_in(full.content)) == (200, [])
    again = client.get(
        "/stages/quiet/calendar.ics", HTTP_IF_MODIFIED_SINCE=full["Last-Modified"]
    )
    assert again.status_code == 304


def test_a_run_that_is_announced_or_cancelled_shows_at_once(client, url, session):
    def said():
        return summaries(client.get(url).content)

    runs = CourseRun.objects.filter(pk=session.run_id)
    seen = [said()]
    for state in (RunState.CANCELLED, RunState.POSTPONED, RunState.PLANNED):
        runs.update(state=state)
        seen.append(said())
    assert seen == [["防災入門"], ["【中止】防災入門"], ["【延期】防災入門"], []]


@pytest.mark.parametrize("number", [1, 3])
def test_feed_takes_a_fixed_number_of_queries(client, number, django_assert_num_queries):
    stage = StageFactory(key="busy")
    for session in (SessionFactory(room=RoomFactory()) for _ in range(number)):
        session.run.course.stages.add(stage)
    with django_assert_num_queries(11):
        response = client.get("/stages/busy/calendar.ics")
    assert len(events_in(response.content)) == number


def test_a_calendar_invites_nobody(client, url):
    body = client.get(url).content
    assert b"ATTENDEE" not in body
    assert b"ORGANIZER" not in body
    assert b"METHOD" not in body
    assert b"VALARM" not in body
