"""A room is never in two sessions at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.domain.refusals import RoomTaken
from courses.domain.sessions import (
    add_session,
    cancel_session,
    change_place,
    edit_session,
    move_session,
    plan_of,
    reinstate_session,
)
from courses.enums import RunState
from courses.models import CourseRun
from tests.factories import CourseRunFactory, RoomFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def booked():
    """Two hours in a room."""
    return SessionFactory(room=RoomFactory())


@pytest.mark.parametrize("shift", [timedelta(), HOUR, -HOUR])
def test_an_overlapping_session_in_the_same_room_is_refused(shift, booked, officer, now):
    start, end = booked.starts_at + shift, booked.ends_at + shift
    plan = replace(plan_of(booked), starts_at=start, ends_at=end)
    with pytest.raises(RoomTaken):
        add_session(run=CourseRunFactory(), plan=plan, by=officer, at=now)


@pytest.mark.parametrize("shift", [2 * HOUR, -2 * HOUR])
def test_one_session_may_follow_another(shift, booked, officer, now):
    start, end = booked.starts_at + shift, booked.ends_at + shift
    plan = replace(plan_of(booked), starts_at=start, ends_at=end)
    assert (
        add_session(run=CourseRunFactory(), plan=plan, by=officer, at=now).room
        == booked.room
    )


def test_a_session_does_not_block_itself(booked, officer, now):
    moved = move_session(
        session=booked,
        starts_at=booked.starts_at + HOUR,
        ends_at=booked.ends_at + HOUR,
        by=officer,
        at=now,
    )
    assert moved.sequence == 1


def test_change_place_into_a_taken_room_is_refused(booked, officer, now):
    other = SessionFactory()
    with pytest.raises(RoomTaken):
        change_place(session=other, venue=None, room=booked.room, by=officer, at=now)


def test_the_title_can_be_changed_although_the_room_is_double_booked(booked, officer, now):
    twin = SessionFactory(room=booked.room)
    edited = edit_session(
        session=twin, plan=replace(plan_of(twin), title="題"), by=officer, at=now
    )
    assert edited.title == "題"


def test_a_cancelled_session_leaves_its_room_and_may_lose_it(booked, officer, now):
    cancel_session(session=booked, reason="台風", by=officer, at=now)
    plan = replace(plan_of(booked), title="かわりの回")
    add_session(run=CourseRunFactory(), plan=plan, by=officer, at=now)
    with pytest.raises(RoomTaken):
        reinstate_session(session=booked, by=officer, at=now)


def test_a_cancelled_run_leaves_its_rooms(booked, officer, now):
    CourseRun.objects.filter(pk=booked.run_id).update(state=RunState.CANCELLED)
    plan = plan_of(booked)
    assert (
        add_session(run=CourseRunFactory(), plan=plan, by=officer, at=now).room
        == booked.room
    )
