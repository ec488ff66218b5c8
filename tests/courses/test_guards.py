"""What the database refuses from anybody: one forbidden and one allowed act for each.

Everything here goes around the domain, half of it in plain SQL.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.guarding import lifted
from courses.models import CourseRun, Session, SessionInstructor
from tests.factories import (
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def room():
    return RoomFactory()


@pytest.fixture
def suzuki():
    return InstructorFactory()


@pytest.fixture
def booked(room, suzuki) -> Session:
    """Two hours in the room, with Suzuki."""
    session = SessionFactory(room=room)
    session.teaching.create(instructor=suzuki)
    return session


@pytest.fixture
def later(room, suzuki, booked) -> Session:
    """The two hours after that, in the same room, with Suzuki."""
    start = booked.ends_at
    session = SessionFactory(room=room, starts_at=start, ends_at=start + 2 * HOUR)
    session.teaching.create(instructor=suzuki)
    return session


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def _sql(statement: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _one(session: Session):
    return Session.objects.filter(pk=session.pk)


def _when(moment):
    return connection.ops.adapt_datetimefield_value(moment)


@pytest.mark.parametrize("shift", [-HOUR, timedelta(), HOUR])
def test_new_session_in_a_taken_room_is_refused(booked, room, shift):
    begin = booked.starts_at + shift
    _refused(
        "session_new_finds_its_room_free",
        lambda: SessionFactory(room=room, starts_at=begin),
    )


@pytest.mark.parametrize("shift", [-2 * HOUR, 2 * HOUR])
def test_new_session_right_before_or_after_is_allowed(booked, room, shift):
    assert SessionFactory(room=room, starts_at=booked.starts_at + shift).pk


def test_new_session_within_an_all_day_one_is_refused(booked, room):
    midnight = booked.starts_at.replace(hour=0) + timedelta(days=1)
    day = {"starts_at": midnight, "ends_at": midnight + timedelta(days=1)}
    SessionFactory(room=room, is_all_day=True, **day)
    _refused(
        "session_new_finds_its_room_free",
        lambda: SessionFactory(room=room, starts_at=midnight + 23 * HOUR),
    )
    assert SessionFactory(room=room, starts_at=midnight + 24 * HOUR).pk


def test_two_new_sessions_in_one_statement_are_refused(room):
    run = CourseRunFactory()
    twins = [SessionFactory.build(run=run, room=room, number=n) for n in (1, 2)]
    _refused("session_new_finds_its_room_free", lambda: Session.objects.bulk_create(twins))


def test_moving_into_a_taken_time_is_refused_in_plain_sql(booked, later):
    later.teaching.all().delete()
    move = "UPDATE courses_session SET starts_at = %s WHERE id = %s"
    _refused(
        "session_finds_its_room_free",
        lambda: _sql(move, _when(later.starts_at - HOUR), later.pk),
    )
    assert _sql(move, _when(later.starts_at + HOUR), later.pk) == 1


def test_moving_into_a_taken_room_is_refused_in_plain_sql(booked):
    other = SessionFactory()
    move = "UPDATE courses_session SET room_id = %s WHERE id = %s"
    _refused("session_finds_its_room_free", lambda: _sql(move, booked.room_id, other.pk))
    assert _sql(move, RoomFactory().pk, other.pk) == 1


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_session_comes_back_only_while_its_room_is_free(booked, room, state):
    _one(booked).update(state=state)
    taking_it = SessionFactory(room=room)
    _refused("session_finds_its_room_free", lambda: _one(booked).update(state="scheduled"))
    _one(taking_it).update(state="cancelled")
    assert _one(booked).update(state="scheduled") == 1


def test_what_is_no_booking_may_be_changed_although_there_is_a_clash(booked, room):
    """Rows from before the guards: migrations and edits go on."""
    with lifted():
        twin = SessionFactory(room=room)
    assert _one(twin).update(title="題", sequence=5, starts_at=twin.starts_at) == 1


def test_session_moves_only_where_its_instructor_is_free(booked, later, suzuki):
    _one(later).update(room=None)
    _refused(
        "session_takes_no_instructor_twice",
        lambda: _one(later).update(starts_at=later.starts_at - HOUR),
    )
    later.teaching.update(override_reason="同じ階")
    assert _one(later).update(starts_at=later.starts_at - HOUR) == 1


def test_session_comes_back_only_while_its_instructor_is_free(booked, suzuki):
    _one(booked).update(state="cancelled")
    other = SessionFactory()
    other.teaching.create(instructor=suzuki)
    _refused(
        "session_takes_no_instructor_twice",
        lambda: _one(booked).update(state="scheduled"),
    )
    other.teaching.all().delete()
    assert _one(booked).update(state="scheduled") == 1


def test_instructor_elsewhere_is_refused_in_plain_sql(booked, suzuki):
    insert = (
        "INSERT INTO courses_sessioninstructor (session_id, instructor_id,"
        " override_reason) VALUES (%s, %s, %s)"
    )
    other = SessionFactory()
    _refused(
        "teaching_takes_no_instructor_twice",
        lambda: _sql(insert, other.pk, suzuki.pk, ""),
    )
    assert _sql(insert, other.pk, suzuki.pk, "同じ階") == 1


def test_reason_of_either_session_is_enough(booked, suzuki):
    booked.teaching.update(override_reason="同じ階")
    assert SessionFactory().teaching.create(instructor=suzuki).pk


def test_reason_is_not_taken_back_while_it_is_needed(booked, suzuki):
    other = SessionFactory()
    row = other.teaching.create(instructor=suzuki, override_reason="同じ階")
    found = SessionInstructor.objects.filter(pk=row.pk)
    _refused(
        "teaching_changed_takes_no_instructor_twice",
        lambda: found.update(override_reason=""),
    )
    assert found.update(override_reason="2部屋つづき") == 1
    _one(booked).update(state="cancelled")
    assert found.update(override_reason="") == 1


def test_instructor_changes_only_to_somebody_free(booked, suzuki):
    row = SessionFactory().teaching.create(instructor=InstructorFactory())
    found = SessionInstructor.objects.filter(pk=row.pk)
    _refused(
        "teaching_changed_takes_no_instructor_twice",
        lambda: found.update(instructor=suzuki),
    )
    assert found.update(instructor=InstructorFactory()) == 1


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_run_comes_back_only_while_its_rooms_are_free(booked, room, state):
    run = CourseRun.objects.filter(pk=booked.run_id)
    run.update(state=state)
    taking_it = SessionFactory(room=room)
    _refused("run_back_finds_its_rooms_free", lambda: run.update(state="announced"))
    _one(taking_it).update(room=None)
    assert run.update(state="announced") == 1


def test_run_comes_back_only_while_its_instructors_are_free(booked, suzuki):
    run = CourseRun.objects.filter(pk=booked.run_id)
    run.update(state="cancelled")
    row = SessionFactory().teaching.create(instructor=suzuki)
    _refused("run_back_takes_no_instructor_twice", lambda: run.update(state="announced"))
    SessionInstructor.objects.filter(pk=row.pk).update(override_reason="同じ階")
    assert run.update(state="announced") == 1


def test_sessions_of_a_run_that_is_called_off_may_overlap_until_it_comes_back(room):
    run = CourseRunFactory(state="cancelled")
    twins = [SessionFactory(run=run, room=room, number=n) for n in (1, 2)]
    found = CourseRun.objects.filter(pk=run.pk)
    _refused("run_back_finds_its_rooms_free", lambda: found.update(state="announced"))
    _one(twins[0]).update(state="cancelled")
    assert found.update(state="announced") == 1
