"""Whatever a client, or somebody who pretends to be one, asks of a calendar: it is answered
as specified, and never with 500."""

import gzip
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from courses.views.calendar_memory import memory
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_tokens import issue_calendar_token
from enrollments.domain.links import application_calendar_path
from tests.calendars.content_lines import complaints
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
METHODS = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "PROPFIND",
    "REPORT",
    "MKCALENDAR",
    "BREW",
)
READING = {"GET", "HEAD", "OPTIONS"}
TOKENS = (
    "x",
    "." * 3,
    "a.b.c",
    "-" * 43,
    "A" * 5_000,
    "トークン",
    "🗝️",
    "%00",
    "%0d%0aX-Evil:%201",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e",
    "%ff%fe",
    "' OR 1=1 --",
    "0" * 32 + ".",
    "0" * 32 + "." + "a" * 43,
    "0" * 32 + "." + "a" * 4_000,
    "z" * 32 + ".aaaa",
)
PLACES = (
    "/courses/{}/calendar.ics",
    "/runs/{}/calendar.ics",
    "/series/{}/calendar.ics",
    "/stages/{}/calendar.ics",
    "/themes/{}/calendar.ics",
    "/venues/{}/calendar.ics",
    "/groups/{}/calendar.ics",
    "/sessions/{}.ics",
    "/calendar/{}.ics",
    "/applications/{}/calendar.ics",
)
QUERIES = {
    "words without end": "q=" + "防災" * 5_000,
    "signs of a search": "q=" + quote("\" * AND ( NEAR OR NOT -x ^ : '"),
    "a NUL": "q=%00&stage=%00&venue=%00&area=%00&from=%00",
    "no text at all": "q=%ff%fe&area=%80",
    "half a character": "q=%ed%a0%bd",
    "one filter a thousand times": "&".join(["stage=practice"] * 900),
    "unknown values": "stage=x&theme=x&kind=x&weekday=9&time=x&fee=x&delivery=x",
    "no dates": "from=2026-13-45&to=yesterday",
    "dates far away": "from=0001-01-01&to=9999-12-31",
    "a time turned round": "from=2027-01-01&to=2026-01-01",
    "numbers without end": "weekday=" + "9" * 4_000,
    "unknown names": "__proto__=1&a[]=1&;=&=&&&",
    "a page, an order and a view": "page=-1&sort=x&view=month&month=0000-99",
}
ETAGS = ("", '"', "*x", "W/", 'W/"', '"a", , "b"', "a" * 8_000, '"' + "é" * 100, "\t")
DATES = (
    "",
    "yesterday",
    "0",
    "Thu, 99 Foo 0000 99:99:99 GMT",
    "Sat, 21 Nov 99999 00:00:00 GMT",
    "Sat, 21 Nov 0001 00:00:00 GMT",
    "9" * 500,
)
ENCODINGS = {
    "": False,
    "*": False,
    "identity": False,
    "br, zstd": False,
    "gzip;q=0": False,
    "gzip;q=0.0, identity": False,
    "x" * 5_000: False,
    "gzip": True,
    "GZIP": True,
    "deflate, gzip;q=0.5": True,
}


@pytest.fixture
def visitor():
    """Faults come back as the answer that people would get."""
    return Client(raise_request_exception=False)


@pytest.fixture
def addresses(now):
    """One public calendar, and both kinds of secret ones."""
    cache.clear()
    memory.forget()
    session = SessionFactory(
        number=1, run__course=CourseFactory(slug="bosai", title="防災入門")
    )
    SeatPoolFactory(run=session.run)
    hanako = UserFactory()
    issue_calendar_token(user=hanako, name="時計", token="secret", at=now)
    application = apply_for_seat(
        run=session.run, request=request_by(HANAKO), by=hanako, at=now
    )
    with time_machine.travel(now, tick=False):
        yield (
            "/courses/bosai/calendar.ics",
            "/calendar.ics",
            "/calendar/secret.ics",
            application_calendar_path(application),
        )


@pytest.mark.parametrize("method", METHODS)
def test_calendars_are_read_and_nothing_else(method, visitor, addresses):
    for address in addresses:
        answer = visitor.generic(method, address, b"<propfind/>", "application/xml")
        assert answer.status_code == 405
        assert {"GET", "HEAD"} <= set(answer["Allow"].split(", ")) <= READING
        assert answer.cookies == {}


def test_other_sites_may_ask_for_public_calendars_only(visitor, addresses):
    public, all_of_it, personal, of_application = addresses
    for address in (public, all_of_it):
        assert visitor.options(address).status_code == 204
        assert visitor.get(address)["Access-Control-Allow-Origin"] == "*"
    for address in (personal, of_application):
        assert visitor.options(address).status_code == 405
        assert "Access-Control-Allow-Origin" not in visitor.get(address)


def test_head_has_the_headers_and_no_body(visitor, addresses):
    for address in addresses:
        get, head = visitor.get(address), visitor.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == get["ETag"]
        assert head["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: ascii(token[:24]))
def test_what_opens_nothing_is_not_found(token, visitor, addresses):
    for place in PLACES:
        answer = visitor.get(place.format(quote(token, safe="%")))
        assert answer.status_code == 404, place
        assert "X-Evil" not in answer


@pytest.mark.parametrize("name", QUERIES)
def test_a_filter_that_makes_no_sense_is_a_calendar(name, visitor, addresses):
    answer = visitor.get(f"/calendar.ics?{QUERIES[name]}")
    assert answer.status_code == 200
    assert complaints(answer.content) == []


@pytest.mark.parametrize("address", ["/calendar.ics", "/courses/bosai/calendar.ics"])
def test_thousands_of_parameters_are_no_calendar_and_no_fault(address, visitor, addresses):
    query = "&".join(f"p{number}={number}" for number in range(5_000))
    assert visitor.get(f"{address}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("etag", ETAGS, ids=lambda etag: ascii(etag[:12]))
def test_a_senseless_etag_gets_the_calendar(etag, visitor, addresses):
    for address in addresses:
        answer = visitor.get(address, headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert complaints(answer.content) == []


def test_the_right_etag_among_many_is_enough(visitor, addresses):
    for address in addresses:
        etag = visitor.get(address)["ETag"]
        for held in (f'"x", {etag}', etag.removeprefix("W/"), "*"):
            answer = visitor.get(address, headers={"If-None-Match": held})
            assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("date", DATES, ids=lambda date: date[:12])
def test_a_senseless_date_gets_the_calendar(date, visitor, addresses):
    for address in addresses:
        answer = visitor.get(address, headers={"If-Modified-Since": date})
        assert answer.status_code == 200


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding[:12])
def test_packed_only_for_whoever_says_so(encoding, visitor, addresses):
    for address in addresses:
        answer = visitor.get(address, headers={"Accept-Encoding": encoding})
        packed = answer.get("Content-Encoding") == "gzip"
        assert (answer.status_code, packed) == (200, ENCODINGS[encoding])
        body = gzip.decompress(answer.content) if packed else answer.content
        assert complaints(body) == []
        assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer " + "x" * 3_000},
        {"Authorization": "Basic Og=="},
        {"Authorization": "Basic %%%"},
        {"Authorization": "\x7f"},
        {"Cookie": "sessionid=forged; manabiba_language=xx; " + "a=b; " * 500},
        {"Accept": "text/html, */*;q=0"},
        {"Accept": "application/json", "Accept-Language": "xx-invalid, *;q=9"},
        {"User-Agent": ""},
        {"User-Agent": "Google-Calendar-Importer" * 200},
        {"Range": "bytes=0-10"},
        {"Origin": "null", "Referer": "javascript:alert(1)"},
        {"X-Forwarded-For": "; DROP", "X-Forwarded-Proto": "gopher"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"Depth": "infinity", "Content-Length": "0"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_everybody_gets_the_same_bytes(headers, visitor, addresses):
    for address in addresses:
        plain = visitor.get(address)
        answer = visitor.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (200, plain.content)
        assert answer["ETag"] == plain["ETag"]
        assert answer.cookies == {}


@pytest.mark.parametrize("host", ["evil.example", "a" * 5_000, "[::1", "x:y:z", "", "\x00"])
def test_another_host_is_refused_or_changes_nothing(host, visitor, addresses):
    """Nothing in a calendar is made of the name that somebody asks by."""
    for address in addresses:
        answer = visitor.get(address, headers={"Host": host})
        assert answer.status_code in (200, 400)
        assert b"evil" not in answer.content


def test_a_client_of_the_nineties_is_served(visitor, addresses):
    for address in addresses:
        answer = visitor.get(address, SERVER_PROTOCOL="HTTP/1.0")
        assert answer.status_code == 200


def test_wrong_tokens_are_told_apart_by_nothing(visitor, addresses):
    answers = [
        visitor.get(f"/calendar/{token}.ics")
        for token in ("unknown", "A" * 43, "0" * 32 + "." + "a" * 43, "x" * 2_000)
    ]
    assert len({(one.status_code, one.content, str(one.headers)) for one in answers}) == 1


def test_forgotten_for_a_day_and_asked_again(visitor, addresses, now):
    """A laptop that wakes up: what it holds is still what there is."""
    held = visitor.get(addresses[0])
    with time_machine.travel(now + timedelta(days=1), tick=False):
        cache.clear()
        memory.forget()
        again = visitor.get(
            addresses[0], headers={"If-Modified-Since": held["Last-Modified"]}
        )
    assert again.status_code == 304
