"""The calendar of a search follows the catalogue's query and forgives mistakes."""

from datetime import timedelta
from unittest.mock import patch
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache

from courses.domain.publication import withdraw_course
from courses.domain.sessions import cancel_session
from courses.enums import CourseKind
from courses.models import Stage
from tests.courses.calendars import events_in, summaries, unfolded
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    ThemeFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def growing(now):
    """A lecture for growing groups, in three days."""
    course = CourseFactory(title="資金を集める", kind=CourseKind.LECTURE)
    course.stages.add(Stage.objects.get(key="growth"))
    start = now + 3 * DAY
    run = CourseRunFactory(course=course, applications_close_at=now - DAY)
    return SessionFactory(run=run, starts_at=start, ends_at=start + DAY / 12)


@pytest.fixture
def other():
    """A course for everybody, in a fortnight, open for application."""
    session = SessionFactory(run__course__title="はじめの一歩")
    SeatPoolFactory(run=session.run)
    return session


def _found(client, query=""):
    return summaries(client.get(f"/calendar.ics{query}").content)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["資金を集める", "はじめの一歩"]),
        ("?stage=growth", ["資金を集める"]),
        ("?kind=lecture", ["資金を集める"]),
        ("?from=2026-12-01", ["はじめの一歩"]),
        ("?to=2026-11-30", ["資金を集める"]),
        ("?open=1", ["はじめの一歩"]),
        ("?stage=growth&open=1", []),
    ],
)
def test_catalogue_feed_follows_the_facets(query, found, client, growing, other):
    assert _found(client, query) == found


@pytest.mark.parametrize(
    "query",
    [
        "?stage=nonsense",
        "?from=tomorrow&to=9999-99-99",
        "?kind=%00&theme=%FF",
        "?page=0&unknown=1&open=maybe",
        "?stage[]=x&stage=",
    ],
)
def test_what_is_not_understood_is_left_out(query, client, growing, other):
    assert _found(client, query) == ["資金を集める", "はじめの一歩"]


def test_one_search_has_one_address_and_the_same_bytes(client, growing, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    tidy = client.get("/calendar.ics?stage=growth&kind=lecture").content
    odd = client.get("/calendar.ics?utm=1&kind=lecture&stage=growth&stage=x&page=3").content
    assert tidy == odd
    lines = unfolded(tidy)
    query = "stage=growth&kind=lecture"
    assert f"SOURCE;VALUE=URI:https://manabiba.example/calendar.ics?{query}" in lines
    assert f"URL:https://manabiba.example/courses/?{query}" in lines
    name = Stage.objects.get(key="growth").name
    assert f"NAME:{name}・講演会｜まなびば" in lines


def test_name_is_japanese_for_english_readers_too(client, growing):
    plain = client.get("/calendar.ics?kind=lecture").content
    assert (
        client.get("/calendar.ics?kind=lecture", HTTP_ACCEPT_LANGUAGE="en").content == plain
    )


def test_a_theme_includes_what_is_below_it(client, other):
    branch = ThemeFactory(key="water")
    other.run.course.themes.add(ThemeFactory(key="flood", parent=branch))
    assert _found(client, "?theme=water") == ["はじめの一歩"]


def test_a_withdrawn_course_stays_as_cancelled(client, growing, now):
    withdraw_course(course=growing.run.course, at=now)
    (event,) = events_in(client.get("/calendar.ics?stage=growth").content)
    assert str(event["STATUS"]) == "CANCELLED"


def test_a_session_called_off_stays_in_the_calendar_of_open_courses(client, other, now):
    assert _found(client, "?open=1") == ["はじめの一歩"]
    cancel_session(session=other, reason="台風", by=UserFactory(is_superuser=True), at=now)
    assert _found(client, "?open=1") == ["【中止】はじめの一歩"]
    assert _found(client, "?open=1&stage=growth") == []


def test_what_was_called_off_follows_place_and_time_too(client, now):
    north, south = VenueFactory(area="北"), VenueFactory(area="南")
    run = CourseRunFactory(course__title="講座")
    SeatPoolFactory(run=run)
    saturday = now + 14 * DAY
    for venue, starts_at, state in (
        (north, saturday, "scheduled"),
        (north, saturday + 7 * DAY, "cancelled"),
        (south, saturday, "cancelled"),
        (north, saturday + DAY, "postponed"),
    ):
        SessionFactory(run=run, venue=venue, starts_at=starts_at, state=state)

    def states(query: str) -> list[str]:
        events = events_in(client.get(f"/calendar.ics?open=1&area=北{query}").content)
        return [str(event["STATUS"]) for event in events]

    assert states("&weekday=6") == ["CONFIRMED", "CANCELLED"]
    assert sorted(states("")) == ["CANCELLED", "CONFIRMED", "TENTATIVE"]
    assert states("&fee=paid") == []


def test_a_course_that_fits_twice_appears_once(client, growing):
    growing.run.course.stages.add(Stage.objects.get(key="practice"))
    assert _found(client, "?stage=growth&stage=practice") == ["資金を集める"]


@pytest.mark.parametrize("number", [1, 3])
def test_catalogue_feed_takes_a_fixed_number_of_queries(
    number, client, django_assert_num_queries
):
    SessionFactory.create_batch(number)
    with django_assert_num_queries(10):
        assert len(_found(client)) == number


def test_a_search_that_finds_nothing_is_an_empty_calendar(client, other):
    response = client.get(f"/calendar.ics?q={quote('存在しないことば')}")
    assert (response.status_code, events_in(response.content)) == (200, [])


def test_endless_searches_that_find_nothing_fill_no_cache(client, growing):
    with patch.object(cache, "set") as kept:
        for word in ("zzz", "zzzz"):
            client.get(f"/calendar.ics?q={word}")
        assert kept.call_count == 0
        client.get("/calendar.ics?stage=growth&utm_source=x")
        assert kept.call_count == 1


def test_one_search_is_remembered_once_however_it_is_asked(client, growing):
    with patch.object(cache, "set", side_effect=cache.set) as kept:
        for query in ("stage=growth", "stage=growth&utm_source=x", "x&stage=growth"):
            client.get(f"/calendar.ics?{query}")
    assert kept.call_count == 1
