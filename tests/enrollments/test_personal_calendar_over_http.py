"""The secret calendar as clients fetch it, and the page on which it is made."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_tokens import (
    MOST_TOKENS,
    issue_calendar_token,
    revoke_calendar_token,
)
from enrollments.models import CalendarToken
from tests.courses.calendars import events_in, unfolded
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TOKEN = "A1b2C3d4" * 5
URL = f"/calendar/{TOKEN}.ics"
PAGE = "/my/calendar/"


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def key(hanako, run, now):
    apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)
    return issue_calendar_token(user=hanako, name="スマホ", token=TOKEN, at=now)


def test_secret_calendar_is_private_and_stays_out_of_caches_and_search(client, key):
    response = client.get(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Vary"] == "Accept-Encoding"
    assert response.cookies == {}
    assert "Access-Control-Allow-Origin" not in response
    (event,) = events_in(response.content)
    assert str(event["CLASS"]) == "PRIVATE"


def test_secret_calendar_does_not_name_its_secret_or_its_owner(client, key, hanako):
    lines = unfolded(client.get(URL).content)
    assert TOKEN not in "".join(lines)
    assert [line for line in lines if line.startswith("SOURCE")] == []
    for name in ("山田", "花子", hanako.email):
        assert name not in "".join(lines)


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_secret_calendar_can_be_304(client, key, header):
    full = client.get(URL)
    name = {"ETag": "HTTP_IF_NONE_MATCH", "Last-Modified": "HTTP_IF_MODIFIED_SINCE"}[header]
    response = client.get(URL, **{name: full[header]})
    assert (response.status_code, response["Cache-Control"]) == (304, "private, no-cache")


def test_unknown_and_revoked_get_the_very_same_answer(client, key, hanako, now):
    revoke_calendar_token(calendar_token=key, by=hanako, at=now)
    revoked, unknown = client.get(URL), client.get("/calendar/unknown.ics")
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.content == unknown.content
    assert dict(revoked.items()) == dict(unknown.items())
    assert TOKEN not in str(revoked.content)


def test_signing_in_is_neither_needed_nor_looked_at(client, key):
    anonymous = client.get(URL)
    client.force_login(UserFactory())
    assert client.get(URL).content == anonymous.content


@pytest.mark.parametrize("method", ["POST", "PROPFIND"])
def test_secret_calendar_refuses_other_methods(client, key, method):
    client.handler.enforce_csrf_checks = True
    assert client.generic(method, URL).status_code == 405


def test_too_many_fetches_of_one_address_are_429(client, key, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "feed_token": "2/10m"}
    assert [client.get(URL).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(URL)
    assert refused["Content-Type"] == "text/plain; charset=utf-8"
    assert 0 < int(refused["Retry-After"]) <= 600
    assert client.get("/calendar/other.ics").status_code == 404


@pytest.mark.parametrize("use", ["first", "second"])
def test_a_fetch_takes_a_fixed_number_of_queries(
    client, key, use, django_assert_num_queries
):
    if use == "second":
        client.get(URL)
    with django_assert_num_queries(11 if use == "second" else 12):
        client.get(URL)


def test_page_is_for_people_who_signed_in(client):
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_making_an_address_shows_it_this_once(client, hanako, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    client.force_login(hanako)
    made = client.post(PAGE, {"name": "自宅の端末"})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    (address,) = set(
        re.findall(
            r"https://manabiba\.example(/calendar/[\w-]{43}\.ics)", made.content.decode()
        )
    )
    assert f"webcal://manabiba.example{address}" in made.content.decode()
    assert client.get(address).status_code == 200
    page = client.get(PAGE).content.decode()
    assert "自宅の端末" in page
    assert address not in page


def test_a_name_may_be_left_out(client, hanako):
    client.force_login(hanako)
    assert client.post(PAGE, {"name": " "}).status_code == 201
    assert CalendarToken.objects.get().name == "カレンダー"


def test_a_name_that_is_too_long_is_kept_and_explained(client, hanako):
    client.force_login(hanako)
    response = client.post(PAGE, {"name": "長" * 41})
    assert response.status_code == 422
    assert "長" * 41 in response.content.decode()
    assert CalendarToken.objects.count() == 0


def test_too_many_addresses_are_refused_with_a_sentence(client, hanako, now):
    for number in range(MOST_TOKENS):
        issue_calendar_token(user=hanako, name="端末", token=f"{number}", at=now)
    client.force_login(hanako)
    response = client.post(PAGE, {"name": "もう一つ"})
    assert response.status_code == 409
    assert "20個までつくれます" in response.content.decode()


def test_revoking_ends_the_address(client, key, hanako):
    client.force_login(hanako)
    response = client.post(reverse("calendar_token_revoke", args=[key.pk]))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert client.get(URL).status_code == 404
    assert "使っているアドレス" not in client.get(PAGE).content.decode()


def test_revoking_somebody_elses_address_is_a_404(client, key):
    client.force_login(UserFactory())
    assert client.post(reverse("calendar_token_revoke", args=[key.pk])).status_code == 404
    assert client.get(URL).status_code == 200


def test_making_and_revoking_need_a_csrf_token(client, key, hanako):
    client.handler.enforce_csrf_checks = True
    client.force_login(hanako)
    assert client.post(PAGE, {"name": "x"}).status_code == 403
    assert client.post(reverse("calendar_token_revoke", args=[key.pk])).status_code == 403
    assert client.get(reverse("calendar_token_revoke", args=[key.pk])).status_code == 405
    assert CalendarToken.objects.get().revoked_at is None
