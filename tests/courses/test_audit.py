"""Double bookings that were there before the database refused them."""

from datetime import timedelta

import pytest

from accounts.guarding import lifted
from courses.domain.audit import double_bookings
from tests.factories import InstructorFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_room_and_instructor_in_two_sessions_are_found():
    room, person = RoomFactory(name="会議室1"), InstructorFactory()
    with lifted():
        first, second = SessionFactory(room=room), SessionFactory(room=room)
        for session in (first, second):
            session.teaching.create(instructor=person)
    assert double_bookings() == [
        f"部屋 会議室1: 回 {first.pk} と回 {second.pk} が同じ時間",
        f"講師 {person.pk}: 回 {first.pk} と回 {second.pk} が同じ時間",
    ]


def test_sound_bookings_are_not_reported():
    room, person = RoomFactory(), InstructorFactory()
    first = SessionFactory(room=room)
    SessionFactory(room=room, starts_at=first.ends_at)
    SessionFactory(room=room, state="cancelled")
    SessionFactory(room=room, run__state="postponed")
    first.teaching.create(instructor=person)
    SessionFactory().teaching.create(instructor=person, override_reason="同じ階")
    assert double_bookings() == []


def test_a_long_session_meets_every_short_one_in_it(django_assert_num_queries):
    room = RoomFactory()
    with lifted():
        long = SessionFactory(room=room)
        SessionFactory.create_batch(
            2, room=room, ends_at=long.starts_at + timedelta(hours=1)
        )
    with django_assert_num_queries(2):
        assert len(double_bookings()) == 3
