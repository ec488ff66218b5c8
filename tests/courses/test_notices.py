"""What an officer is told of a run's rooms and days, without being refused anything."""

from datetime import date, time, timedelta

import pytest

from courses.domain.notices import notices_for
from courses.models import ClosingDay
from tests.factories import (
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue():
    return VenueFactory(name="中央会館", opens_at=time(9), closes_at=time(17))


def _notices(run, now) -> list[str]:
    sessions = run.sessions.select_related("venue", "room__venue")
    return notices_for(run, sessions, at=now)


def _run(venue, now, capacity=20, **session):
    run = CourseRunFactory()
    SeatPoolFactory(run=run, capacity=capacity)
    room = RoomFactory(venue=venue, name="和室", capacity=20)
    SessionFactory(run=run, number=1, room=room, venue=venue, **session)
    return run


def test_sound_run_has_no_notices(venue, now):
    assert _notices(_run(venue, now), now) == []


def test_room_smaller_than_the_capacity_is_said_once(venue, now):
    run = _run(venue, now, capacity=21)
    first = run.sessions.get()
    start = first.starts_at + timedelta(days=7)
    SessionFactory(run=run, number=2, room=first.room, starts_at=start)
    assert _notices(run, now) == ["中央会館 和室は20人までの部屋です。定員は21人です。"]


def test_online_places_do_not_fill_a_room(venue, now):
    run = _run(venue, now)
    SeatPoolFactory(run=run, kind="online", capacity=100)
    assert _notices(run, now) == []


def test_parties_are_not_compared_with_a_room(venue, now):
    run = _run(venue, now, capacity=50)
    run.capacity_unit = "parties"
    assert _notices(run, now) == []


def test_closed_day_and_late_hours_are_said(venue, now):
    ClosingDay.objects.create(
        name="館内整理",
        first_day=date(2026, 12, 5),
        last_day=date(2026, 12, 5),
        venue=venue,
    )
    start = now.replace(month=12, day=5, hour=16)
    run = _run(venue, now, starts_at=start)
    assert _notices(run, now) == [
        "第1回（12月5日（土）16:00〜18:00）は、館内整理です。",
        "第1回（12月5日（土）16:00〜18:00）は、中央会館の開館時間（9:00〜17:00）の外です。",
    ]


def test_what_is_over_or_called_off_is_not_said(venue, now):
    run = _run(venue, now, capacity=99, state="cancelled")
    start = now - timedelta(days=3)
    SessionFactory(run=run, number=2, room=RoomFactory(capacity=1), starts_at=start)
    assert _notices(run, now) == []
