"""What a room or an instructor is booked for, and a day in free and busy stretches."""

from datetime import date, time, timedelta

import pytest

from courses.domain.fiscal_year import TOKYO
from courses.domain.usage import bookings_of, day_of
from tests.factories import InstructorFactory, RoomFactory, SessionFactory

HOUR = timedelta(hours=1)
DAY = date(2026, 12, 5)


def _session(now, begin: int, hours: int = 2, **changes):
    start = now.replace(month=12, day=5, hour=0) + begin * HOUR
    return SessionFactory.build(starts_at=start, ends_at=start + hours * HOUR, **changes)


def _words(stretches) -> list[str]:
    return [
        f"{one.starts_at.astimezone(TOKYO):%H:%M} {'busy' if one.session else 'free'}"
        for one in stretches
    ]


def test_empty_day_is_free_from_opening_to_closing(now):
    (stretch,) = day_of([], DAY, opens=time(10), closes=time(17))
    hours = (stretch.starts_at.hour, stretch.ends_at.hour, stretch.session)
    assert hours == (10, 17, None)


def test_day_goes_by_turns(now):
    sessions = [_session(now, 13), _session(now, 10)]
    found = day_of(sessions, DAY, opens=time(9), closes=time(21))
    assert _words(found) == [
        "09:00 free",
        "10:00 busy",
        "12:00 free",
        "13:00 busy",
        "15:00 free",
    ]


def test_touching_and_overlapping_sessions_leave_no_gap(now):
    sessions = [_session(now, 9, 3), _session(now, 10, 1), _session(now, 12, 9)]
    assert _words(day_of(sessions, DAY)) == ["09:00 busy", "10:00 busy", "12:00 busy"]


def test_session_of_several_days_takes_the_whole_day(now):
    fair = _session(now, -24, 72, is_all_day=True)
    assert [stretch.session for stretch in day_of([fair], DAY)] == [fair]


def test_sessions_of_other_days_are_left_out(now):
    assert [s.session for s in day_of([_session(now, -2), _session(now, 24)], DAY)] == [
        None
    ]


@pytest.mark.django_db
def test_bookings_are_those_that_take_place_and_are_not_over(now):
    room, person = RoomFactory(), InstructorFactory()
    coming = SessionFactory(room=room)
    coming.teaching.create(instructor=person)
    SessionFactory(room=room, state="cancelled").teaching.create(instructor=person)
    SessionFactory(room=room, run__state="cancelled").teaching.create(instructor=person)
    past = SessionFactory(room=room, starts_at=now - 3 * HOUR, ends_at=now - HOUR)
    past.teaching.create(instructor=person)
    SessionFactory()

    assert list(bookings_of(room, since=now)) == [coming]
    assert list(bookings_of(person, since=now)) == [coming]
