"""Feeds from the production server, asked over real sockets as old and odd programs ask."""

import gzip
import re
import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain.sessions import cancel_session
from enrollments.domain.calendar_tokens import issue_calendar_token, revoke_calendar_token
from tests.concurrency.processes import web
from tests.factories import SessionFactory, UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TOKEN = "A1b2C3d4" * 5
FEED = "/courses/bosai/calendar.ics"
SECRET = f"/calendar/{TOKEN}.ics"


class Answer:
    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(status.split()[1])
        pairs = [line.split(": ", 1) for line in lines]
        self.headers = {name.lower(): value for name, value in pairs}
        self.names = sorted(name.lower() for name, _value in pairs)

    @property
    def lasting(self) -> dict[str, str]:
        """Without what the server itself writes of the moment and the connection."""
        passing = {"date", "connection", "server", "content-length", "content-encoding"}
        return {k: v for k, v in self.headers.items() if k not in passing}


def ask(port: int, path: str, method: str = "GET", *lines: str, version: str = "1.1"):
    """One request on a connection of its own, written by hand."""
    head = [f"{method} {path} HTTP/{version}"]
    if version == "1.1":
        head += ["Host: 127.0.0.1", "Connection: close"]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall("\r\n".join([*head, *lines, "", ""]).encode())
        raw = b""
        while more := link.recv(65536):
            raw += more
    return Answer(raw)


def undated(answer: Answer) -> dict[str, str]:
    """A calendar that never had an event is as old as the moment it is asked for."""
    return {k: v for k, v in answer.lasting.items() if k != "last-modified"}


@pytest.fixture
def session(transactional_db):
    begin = timezone.now() + timedelta(days=9)
    return SessionFactory(
        number=1,
        run__course__slug="bosai",
        run__course__title="防災入門",
        starts_at=begin,
        ends_at=begin + timedelta(hours=2),
    )


@pytest.fixture
def key(session):
    return issue_calendar_token(
        user=UserFactory(), name="x", token=TOKEN, at=timezone.now()
    )


def test_public_feed_over_a_socket(session):
    with web() as (port, _master):
        _headers_are_those_of_calendars(port)
        _bytes_are_the_same_for_everybody(port)
        _conditions_and_packing(port)
        _methods(port)
        _odd_requests_harm_nobody(port)
        _changes_show_within_a_second(port, session)


def _headers_are_those_of_calendars(port):
    for _first_and_kept in range(5):
        full, head = ask(port, FEED), ask(port, FEED, "HEAD")
        assert (full.status, head.status, head.body) == (200, 200, b"")
        assert head.headers["content-length"] == str(len(full.body))
        assert head.lasting == full.lasting
        assert full.headers["content-type"] == "text/calendar; charset=utf-8"
        assert full.headers["cache-control"] == "public, max-age=600, must-revalidate"
        assert full.headers["vary"] == "Accept-Encoding"
        assert full.headers["access-control-allow-origin"] == "*"
        assert full.headers["x-content-type-options"] == "nosniff"
        assert full.headers["x-robots-tag"] == "noindex"
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', full.headers["etag"])
        assert full.headers["last-modified"].endswith(" GMT")
        said = full.headers["content-disposition"]
        assert said.startswith("inline; filename=\"calendar.ics\"; filename*=UTF-8''")
        assert "set-cookie" not in full.headers
        assert len(full.names) == len(set(full.names)), "no header comes twice"
    robots = ask(port, "/robots.txt")
    assert robots.status == 200
    assert b".ics" not in robots.body
    assert b"Disallow: /courses" not in robots.body


def _bytes_are_the_same_for_everybody(port):
    plain = ask(port, FEED)
    for line in (
        "User-Agent: Google-Calendar-Importer",
        "User-Agent: Microsoft.Exchange/15.20",
        "Accept: application/json",
        "Accept-Language: en-US,en;q=0.9",
        "Authorization: Bearer abc.def",
        "Authorization: Basic dXNlcjpwYXNz",
        "Authorization: garbage",
        "Cookie: sessionid=0123456789abcdef0123456789abcdef; django_language=en",
        "Range: bytes=0-9",
        "Range: bytes=9-1,-",
        "X-Forwarded-Proto: http",
    ):
        found = ask(port, FEED, "GET", line)
        assert (found.status, found.body, found.lasting) == (200, plain.body, plain.lasting)
    old = ask(port, FEED, version="1.0")
    assert (old.status, old.body) == (200, plain.body)


def _conditions_and_packing(port):
    full = ask(port, FEED)
    known, date = full.headers["etag"], full.headers["last-modified"]
    for line in (
        f"If-None-Match: {known}",
        f'If-None-Match: "x", {known}',
        f"If-Modified-Since: {date}",
    ):
        found = ask(port, FEED, "GET", line)
        assert (found.status, found.body) == (304, b"")
        assert found.headers["etag"] == known
        assert found.headers["vary"] == "Accept-Encoding"
    both = ask(port, FEED, "GET", 'If-None-Match: "x"', f"If-Modified-Since: {date}")
    assert both.status == 200
    packed = ask(port, FEED, "GET", "Accept-Encoding: gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == full.body
    assert packed.headers["etag"] == known
    assert ask(port, FEED, "GET", "Accept-Encoding: gzip;q=0").body == full.body


def _methods(port):
    for method in ("POST", "PUT", "DELETE", "PROPFIND", "REPORT", "MKCALENDAR"):
        for path in (FEED, "/calendar.ics", "/stages/growth/calendar.ics"):
            refused = ask(port, path, method, "Content-Length: 0")
            assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = ask(port, FEED, "OPTIONS", "Origin: https://a.example")
    assert (asked.status, asked.body) == (204, b"")
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD"


def _odd_requests_harm_nobody(port):
    for query in ("a" * 3000, "a" * 9000, "%FF%00%" * 300, "&".join("stage=x" * 200)):
        assert ask(port, f"/calendar.ics?{query}").status in (200, 400, 414)
    assert ask(port, "/courses/%00/calendar.ics").status == 404
    assert ask(port, "/courses/none/calendar.ics").status == 404
    assert ask(port, FEED).status == 200


def _changes_show_within_a_second(port, session):
    before = ask(port, FEED)
    cancel_session(
        session=session,
        reason="台風",
        by=UserFactory(is_superuser=True),
        at=timezone.now(),
    )
    time.sleep(0.6)
    for _each_process in range(12):
        after = ask(port, FEED, "GET", f"If-None-Match: {before.headers['etag']}")
        assert after.status == 200
        assert "【中止】" in after.body.decode()


def test_secret_feed_over_a_socket(key):
    with web() as (port, _master):
        full = ask(port, SECRET)
        assert full.status == 200
        assert full.headers["cache-control"] == "private, no-cache"
        assert full.headers["referrer-policy"] == "no-referrer"
        assert full.headers["x-robots-tag"] == "noindex"
        assert full.headers["vary"] == "Accept-Encoding"
        assert "set-cookie" not in full.headers
        for line in ("Authorization: Bearer x", "User-Agent: bad", "Accept-Language: en"):
            assert ask(port, SECRET, "GET", line).body == full.body
        known = f"If-None-Match: {full.headers['etag']}"
        assert ask(port, SECRET, "GET", known).status == 304
        assert undated(ask(port, SECRET, "HEAD")) == undated(full)
        for method in ("POST", "PROPFIND", "REPORT"):
            assert ask(port, SECRET, method, "Content-Length: 0").status == 405
        revoke_calendar_token(calendar_token=key, by=key.user, at=timezone.now())
        gone, unknown = ask(port, SECRET), ask(port, "/calendar/unknown.ics")
        assert (gone.status, gone.body) == (404, unknown.body)
        assert gone.lasting == unknown.lasting
