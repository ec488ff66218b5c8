"""Open data as programs fetch them, and the page that explains them."""

import gzip
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from cms.checks import city_code_fits
from cms.views.open_data import kept_files
from courses.domain.publication import withdraw_course
from tests.courses.open_data_rows import hall, section
from tests.courses.open_data_rules import EVENTS, faults_in_file, rows_of
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
FILES = {
    "/opendata/events.csv": ("text/csv; charset=utf-8", "999997_event.csv"),
    "/opendata/events.json": ("application/json; charset=utf-8", "999997_event.json"),
    "/opendata/facilities.csv": ("text/csv; charset=utf-8", "999997_public_facility.csv"),
}


@pytest.fixture(autouse=True)
def _frozen():
    cache.clear()
    kept_files.forget()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def session():
    course = CourseFactory(title="防災入門", title_kana="ボウサイ", department=section())
    run = CourseRunFactory(course=course, venue=hall())
    SeatPoolFactory(run=run)
    return SessionFactory(run=run, number=1)


@pytest.mark.parametrize(("path", "kind", "name"), [(p, *f) for p, f in FILES.items()])
def test_files_answer_with_the_headers_that_programs_need(
    client, session, path, kind, name
):
    response = client.get(path)
    body = response.getvalue()

    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert response["Last-Modified"] == "Sat, 21 Nov 2026 03:00:00 GMT"
    assert response["Content-Length"] == str(len(body))
    assert response["Vary"] == "Accept-Encoding"
    assert response["Link"].endswith('/by/4.0/deed.ja>; rel="license"')
    assert response.streaming
    assert response.cookies == {}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_an_unchanged_file_is_304(client, session, path, header):
    full = client.get(path)
    name = {"ETag": "HTTP_IF_NONE_MATCH", "Last-Modified": "HTTP_IF_MODIFIED_SINCE"}[header]
    response = client.get(path, **{name: full[header]})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == full["ETag"]


def test_a_change_shows_at_the_next_request(client, session):
    before = client.get("/opendata/events.csv")
    session.run.fee = 500
    session.run.save()
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        after = client.get("/opendata/events.csv", HTTP_IF_NONE_MATCH=before["ETag"])
        assert after["Last-Modified"] == "Sat, 21 Nov 2026 03:01:00 GMT"
    assert rows_of(after.getvalue())[0]["料金(基本)"] == "500"
    withdraw_course(course=session.run.course, at=NOON)
    assert rows_of(client.get("/opendata/events.csv").getvalue()) == []


@pytest.mark.django_db(transaction=True)  # the generation is raised at commit
def test_a_kept_file_is_not_written_again_until_something_changes(
    client, session, settings, django_assert_num_queries
):
    settings.KEEP_PAGES = True
    first = client.get("/opendata/events.csv").getvalue()
    with django_assert_num_queries(2):  # one of them the middleware's
        assert client.get("/opendata/events.csv").getvalue() == first
    session.run.fee = 500
    session.run.save()
    assert b",500," in client.get("/opendata/events.csv").getvalue()


def test_files_are_handed_out_packed(client, session):
    plain = client.get("/opendata/events.csv").getvalue()
    packed = client.get("/opendata/events.csv", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain


def test_bytes_are_the_same_in_every_language(client, session):
    for path in FILES:
        plain = client.get(path).getvalue()
        assert client.get(path, HTTP_ACCEPT_LANGUAGE="en").getvalue() == plain
    assert (
        "予約可"
        in client.get("/opendata/events.json", HTTP_ACCEPT_LANGUAGE="en")
        .getvalue()
        .decode()
    )


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(client, path, method):
    assert client.generic(method, path).status_code == 405


@pytest.mark.parametrize("path", FILES)
def test_head_has_the_headers_and_no_body(client, session, path):
    head = client.head(path)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head["ETag"] == client.get(path)["ETag"]


def test_an_empty_city_has_empty_valid_files(client):
    assert faults_in_file(client.get("/opendata/events.csv").getvalue(), EVENTS) == []
    assert json.loads(client.get("/opendata/events.json").getvalue()) == []


def test_page_explains_the_files_and_their_licence(site, client, session, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    page = client.get("/opendata/").content.decode()

    assert page.count("https://manabiba.example/opendata/") >= 9
    assert "CC BY 4.0" in page
    assert "https://creativecommons.org/licenses/by/4.0/deed.ja" in page
    for name in EVENTS.names:
        assert f">{name}</span>" in page
    assert "イベント一覧（CSV）（32項目）" in page
    assert "公共施設一覧（CSV）（24項目）" in page
    assert "ボウサイ" in page


def test_another_licence_is_named_on_the_page(site, client, settings):
    settings.OPEN_DATA_LICENCE = {
        "name": "市の約束",
        "short": "市標準",
        "url": "https://l.example/",
    }
    page = client.get("/opendata/").content.decode()
    assert "市の約束（市標準）" in page
    assert "CC BY" not in page


def test_footer_leads_to_the_page(site, client):
    assert 'href="/opendata/"' in client.get("/").content.decode()


def test_footer_names_the_telephone_of_the_city_where_there_is_one(site, client, settings):
    settings.CITY_PHONE = "0420-60-1811"
    assert 'href="tel:0420601811"' in client.get("/opendata/").content.decode()

    cache.clear()
    settings.CITY_PHONE = ""
    assert 'href="tel:' not in client.get("/opendata/").content.decode()


@pytest.mark.parametrize(
    ("code", "city", "found"),
    [
        ("999997", "みどり野市", []),
        ("132039", "武蔵野市", []),
        ("132030", "武蔵野市", ["cms.E001"]),
        ("", "みどり野市", ["cms.E001"]),
        ("999997", "武蔵野市", ["cms.W001"]),
    ],
)
def test_check_looks_at_the_city_code(settings, code, city, found):
    settings.CITY_CODE, settings.CITY_NAME = code, city
    assert [check.id for check in city_code_fits(None)] == found
