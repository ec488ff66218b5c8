"""A room is never in two sessions at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.guarding import lifted
from courses.domain.refusals import RoomTaken
from courses.domain.rooms import too_small
from courses.domain.session_plans import plan_of
from courses.domain.sessions import (
    add_session,
    cancel_session,
    edit_session,
    reinstate_session,
)
from courses.enums import RunState
from courses.models import CourseRun
from tests.factories import CourseRunFactory, RoomFactory, SessionFactory, UserFactory
from tests.moved_sessions import change_place, move_session

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


def test_refusal_names_who_has_the_room(officer, now):
    room = RoomFactory(name="会議室1", venue__name="中央会館")
    booked = SessionFactory(room=room, run__course__title="地域防災講座", number=2)
    with pytest.raises(RoomTaken) as refused:
        add_session(run=CourseRunFactory(), plan=plan_of(booked), by=officer, at=now)
    assert str(refused.value) == (
        "中央会館 会議室1は、12月5日（土）12:00〜14:00に「地域防災講座」第2回で"
        "使われています。部屋か時間を変えてください。"
    )


def test_refusal_names_days_of_an_all_day_session(officer, now):
    midnight = now.replace(hour=0) + timedelta(days=1)
    booked = SessionFactory(
        room=RoomFactory(),
        is_all_day=True,
        starts_at=midnight,
        ends_at=midnight + timedelta(days=2),
    )
    at_noon = midnight + timedelta(days=1, hours=12)
    plan = replace(plan_of(booked), starts_at=at_noon, ends_at=at_noon + HOUR)
    with pytest.raises(RoomTaken, match="は、11月22日（日）〜11月23日（月）に「"):
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
    with lifted():
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


@pytest.mark.parametrize(
    ("size", "capacity", "answer"),
    [(20, 21, True), (20, 20, False), (None, 99, False), (20, None, False)],
)
def test_room_is_too_small_for_more_than_it_holds(size, capacity, answer):
    assert too_small(RoomFactory.build(capacity=size), capacity) is answer
    assert not too_small(None, capacity)
