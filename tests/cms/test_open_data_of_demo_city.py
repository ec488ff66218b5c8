"""Open data of the whole demo city: valid by the rules outside, and readable by our own
import, which makes the same courses and sessions of them."""

import json
from collections import Counter
from datetime import datetime

import pytest
from django.conf import settings

from cms.open_data import CityData
from courses.domain.fiscal_year import TOKYO
from courses.exchange.event_list.reading import Row, read_rows
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS
from courses.exchange.open_data.objects import write_objects
from courses.exchange.open_data.table import write_table
from courses.models import Session
from tests.courses.event_rows import plan_of
from tests.courses.open_data_rules import (
    EVENTS,
    FACILITIES,
    GIF,
    faults_in_events,
    faults_in_file,
    rows_of,
)
from tests.demo_city import TODAY

APRIL = datetime(2026, 4, 1, tzinfo=TOKYO)


@pytest.fixture(scope="module")
def city(city) -> CityData:
    return CityData(TODAY)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def table(city) -> bytes:
    return b"".join(write_table(EVENT_COLUMNS, city.event_rows()))


def test_maps_have_the_columns_of_the_standard():
    for columns, rules in ((EVENT_COLUMNS, EVENTS), (FACILITY_COLUMNS, FACILITIES)):
        assert tuple(column.heading for column in columns) == rules.names
        required = tuple(column.heading for column in columns if column.required)
        assert required == rules.required
    items = {item.heading for item in EVENT_ITEMS}
    assert items <= set(GIF.names)
    assert {item.heading for item in EVENT_ITEMS if item.required} == set(GIF.required)


def test_every_session_of_the_year_is_in_the_list(city, table):
    assert faults_in_file(table, EVENTS) == []
    listed = {int(row["NO"]) for row in rows_of(table)}
    public = Session.objects.public().filter(ends_at__gt=APRIL)
    assert listed == set(public.values_list("pk", flat=True))
    assert len(listed) > 300


def test_facilities_are_valid(city):
    content = b"".join(write_table(FACILITY_COLUMNS, city.facility_rows()))
    assert faults_in_file(content, FACILITIES) == []
    assert len(rows_of(content)) == 13


def test_events_are_valid_and_every_session_is_one(city, table):
    content = b"".join(write_objects(EVENT_ITEMS, city.event_objects()))
    events = json.loads(content)

    assert faults_in_events(events) == []
    sessions = {event["id"] for event in events if "subEvent" not in event}
    assert sessions == {f"{settings.CITY_CODE}-{row['NO']}" for row in rows_of(table)}


def test_nothing_secret_is_in_it(city, table):
    content = (
        table.decode() + b"".join(write_objects(EVENT_ITEMS, city.event_objects())).decode()
    )
    links = Session.objects.exclude(online_url="").values_list("online_url", flat=True)
    assert [link for link in links if link in content] == []
    drafts = {s.run.course.title for s in Session.objects.all()} - {
        one.of.course.title for one in city.sessions
    }
    assert [title for title in drafts if title in content] == []


def test_our_own_import_reads_the_list_back(city, table):
    read = read_rows(table, file="999997_event.csv")
    plan = plan_of(*read, at=TODAY)

    assert plan.rejected == []
    assert all(isinstance(row, Row) for row in read)
    assert _imported(plan) == _offered(city)


def _offered(city) -> Counter:
    return Counter(
        (
            one.of.course.title,
            one.session.starts_at,
            one.session.ends_at,
            one.venue.name if one.venue else "",
            one.session.room.name if one.session.room and one.venue else "",
        )
        for one in city.sessions
    )


def _imported(plan) -> Counter:
    return Counter(
        (
            course.facts.title,
            session.facts.starts_at,
            session.facts.ends_at,
            session.facts.venue,
            session.facts.room,
        )
        for course in plan.courses
        for run in course.runs
        for session in run.sessions
    )
