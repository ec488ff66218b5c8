"""Kept calendars: quick, the same to the byte, and never older than one sent before.

These tests commit: what counts is what the database has told other connections.
"""

import gzip
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from cms.page_cache import calendar_front
from cms.page_cache.calendar_front import CalendarFront
from courses.domain.sessions import cancel_session
from courses.models import Session, Venue
from courses.views.calendar_freshness import Freshness, freshness
from courses.views.calendar_memory import (
    KEPT_FOR,
    OVERHEAD,
    CalendarMemory,
    KeptCalendar,
    WrittenCalendar,
    memory,
)
from tests.factories import NOON, SeatPoolFactory, SessionFactory, UserFactory, VenueFactory

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/calendar.ics"
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
BODY = b"BEGIN:VCALENDAR\r\n"


@pytest.fixture
def fetch(settings, transactional_db, monkeypatch):
    """GET through the front, as a server asks; `asked` counts what reaches Django."""
    settings.KEEP_PAGES = True
    memory.forget()
    freshness.forget()
    # It ends the connection of a test, too.
    monkeypatch.setattr(calendar_front, "close_old_connections", lambda: None)
    django, asked = WSGIHandler(), []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    front = CalendarFront(application)

    def get(path: str = PATH, method: str = "GET", query: str = "", **headers: str):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.input": BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        del environ["HTTP_HOST"]
        answer = SimpleNamespace(asked=len(asked))

        def start(status, headers, *_more):
            answer.status, answer.headers = int(status[:3]), dict(headers)

        answer.body = b"".join(front(environ, start))
        answer.through = len(asked) > answer.asked
        return answer

    return get


@pytest.fixture
def session(fetch):
    return SessionFactory(number=1, run__course__title="防災入門")


def _said(answer) -> str:
    return answer.body.decode()


def test_second_answer_is_the_same_without_django(fetch, session):
    first, second = fetch(), fetch()

    assert (first.through, second.through) == (True, False)
    assert (second.status, second.body) == (200, first.body)
    assert second.headers == first.headers


def test_second_answer_asks_the_database_one_question(fetch, session):
    fetch()
    with CaptureQueriesContext(connection) as queries:
        fetch()
    assert len(queries) == 1


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_304_has_the_headers_that_django_gives(fetch, session, header):
    name = {"ETag": "if_none_match", "Last-Modified": "if_modified_since"}[header]
    value = fetch().headers[header]
    kept = fetch(**{name: value})
    memory.forget()
    django = fetch(**{name: value})

    assert (kept.through, django.through) == (False, True)
    assert (kept.status, django.status, kept.body) == (304, 304, b"")
    assert kept.headers == {
        k: v for k, v in django.headers.items() if k != "Content-Length"
    }


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if_none_match": '"other", {etag}'}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"other"', "if_modified_since": "{date}"}, 200),
        (
            {
                "if_none_match": "{etag}",
                "if_modified_since": LONG_AGO,
            },
            304,
        ),
        ({"if_none_match": "nonsense", "if_modified_since": "{date}"}, 304),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_modified_since": LONG_AGO}, 200),
        ({"if_match": '"other"'}, 412),
        ({"range": "bytes=0-9"}, 200),
    ],
)
def test_conditions_are_answered_as_django_answers_them(fetch, session, headers, status):
    known = fetch().headers
    sent = {
        name: value.format(etag=known["ETag"], date=known["Last-Modified"])
        for name, value in headers.items()
    }
    kept = fetch(**sent)
    memory.forget()

    assert (kept.status, fetch(**sent).status) == (status, status)


def test_packed_answers_are_kept_as_well(fetch, session):
    plain = fetch().body
    packed = fetch(accept_encoding="gzip")

    assert (packed.through, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(packed.body) == plain
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert fetch(accept_encoding="gzip;q=0").body == plain


def test_head_tells_the_same_without_a_body(fetch, session):
    full, head = fetch(), fetch(method="HEAD")
    assert (head.through, head.body, head.headers) == (False, b"", full.headers)


@pytest.mark.parametrize("method", ["POST", "PROPFIND", "OPTIONS"])
def test_other_methods_reach_django(fetch, session, method):
    fetch()
    assert fetch(method=method).status == (204 if method == "OPTIONS" else 405)


def test_a_change_shows_on_the_next_fetch(fetch, session):
    before = fetch()
    cancel_session(
        session=session, reason="台風", by=UserFactory(is_superuser=True), at=NOON
    )
    after = fetch(if_none_match=before.headers["ETag"])
    assert after.status == 200
    assert "【中止】防災入門" in _said(after)


def test_what_has_no_revision_shows_as_well(fetch, session):
    Session.objects.update(venue=VenueFactory())
    fetch()
    Venue.objects.update(name="ちがう会館")
    assert "ちがう会館" in _said(fetch())


def test_people_who_apply_leave_calendars_as_they_are(fetch, session):
    fetch()
    SeatPoolFactory(run=session.run, seats_taken=1)
    assert not fetch().through


def test_calendar_of_what_is_open_follows_the_places(fetch, session):
    fetch(query="open=1")
    assert not fetch(query="open=1").through
    SeatPoolFactory(run=session.run)
    assert fetch(query="open=1").through


def test_midnight_and_a_minute_end_what_is_kept(fetch, session):
    late = NOON.replace(hour=23, minute=59, second=50)
    with time_machine.travel(late, tick=False):
        fetch()
        assert not fetch().through
    with time_machine.travel(late + timedelta(seconds=10), tick=False):
        assert fetch().through
    with time_machine.travel(late + timedelta(seconds=10) + KEPT_FOR, tick=False):
        assert fetch().through


@pytest.mark.parametrize("path", ["/calendar/unknown.ics", "/courses/none/calendar.ics"])
def test_what_is_not_there_is_never_kept(fetch, transactional_db, path):
    assert [fetch(path).status, fetch(path).status] == [404, 404]
    assert len(memory) == 0


def test_nothing_is_kept_while_nobody_counts(fetch, session, settings):
    settings.KEEP_PAGES = False
    assert [fetch().through, fetch().through] == [True, True]


def test_a_database_that_is_away_is_left_to_django(fetch, session, monkeypatch):
    fetch()

    def away():
        raise DatabaseError

    monkeypatch.setattr(freshness, "lately", away)
    assert fetch().through


def test_a_program_that_names_no_host_is_answered(fetch, session, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # that of PUBLIC_URL
    assert fetch().status == 200


def _seen(number: int) -> SimpleNamespace:
    return SimpleNamespace(facts=number, everything=number)


@pytest.fixture
def clock(monkeypatch, settings):
    """A generation that the test sets, and a clock that it moves."""
    settings.CALENDARS_LOOK_EVERY = 0.5
    clock = SimpleNamespace(now=100.0, generation=1)
    monkeypatch.setattr("time.monotonic", lambda: clock.now)
    monkeypatch.setattr(
        "courses.views.calendar_freshness.import_string",
        lambda _name: lambda: _seen(clock.generation),
    )
    return clock


def test_generation_is_remembered_for_half_a_second(clock):
    found = Freshness()
    assert found.remembered() is None
    assert found.lately().facts == 1
    clock.generation, clock.now = 2, 100.49
    assert (found.lately().facts, found.remembered().facts) == (1, 1)
    clock.now = 100.5
    assert found.remembered() is None
    assert found.lately().facts == 2


def test_asking_anew_is_remembered_for_all(clock):
    """Who builds a calendar asks anew; nobody is sent one from before that."""
    found = Freshness()
    found.lately()
    clock.generation = 2
    assert found.now().facts == 2
    assert found.lately().facts == 2


def test_a_calendar_built_too_slowly_is_not_sent_after_a_newer_one(clock):
    kept, found = CalendarMemory(), Freshness()
    address = (PATH, "")
    slow = found.now()
    clock.generation = 2
    quick = found.now()
    kept.keep(address, _calendar("new", quick))
    kept.keep(address, _calendar("old", slow))
    assert kept.recall(address, seen=found.lately(), at=NOON) is None


def _calendar(name: str, seen, size: int = 0) -> KeptCalendar:
    written = WrittenCalendar(name, BODY + b" " * size, name, NOON)
    return KeptCalendar.of(written, seen=seen, at=NOON)


def test_memory_is_bounded_whatever_is_asked_for():
    kept = CalendarMemory(most_bytes=10 * OVERHEAD)
    for number in range(500):
        kept.keep((PATH, f"q={number}"), _calendar("x", _seen(1)))
    assert 5 < len(kept) < 10
    assert kept.recall((PATH, "q=499"), seen=_seen(1), at=NOON) is not None
    assert kept.recall((PATH, "q=0"), seen=_seen(1), at=NOON) is None
    kept.keep((PATH, "huge"), _calendar("x", _seen(1), size=50 * OVERHEAD))
    assert len(kept) == 0
