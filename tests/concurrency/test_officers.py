"""Several officers at once: rooms, completions, and a page published meanwhile."""

from datetime import timedelta
from functools import partial

import pytest

from courses.domain.offering import SessionRefused, add_run
from courses.domain.publication import publish_course
from courses.domain.refusals import RoomTaken
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import SessionPlan, plan_of
from courses.models import CourseRun, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import record_completion
from enrollments.models import Completion
from tests.concurrency.together import together
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import RoomFactory, StaffProfileFactory
from tests.moved_sessions import change_place

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
OFFICERS = 8


@pytest.fixture
def officer(run):
    return StaffProfileFactory(department=run.course.department).user


def _session(room, starts_at) -> SessionPlan:
    return SessionPlan(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        room=room,
        venue=room.venue,
    )


def test_rooms_wanted_in_either_order_are_never_waited_for_in_a_circle(run, officer, now):
    """Each wants both rooms, on days of its own; half of them name the second first."""
    plan = RunPlan(applications_close_at=now + timedelta(days=1))
    rooms = [RoomFactory(), RoomFactory()]
    wishes = []
    for number in range(OFFICERS):
        day = now + timedelta(days=10 + 2 * number)
        first, second = rooms if number % 2 else reversed(rooms)
        sessions = [_session(first, day), _session(second, day + timedelta(days=1))]
        wishes.append(
            partial(
                add_run, course=run.course, plan=plan, sessions=sessions, by=officer, at=now
            )
        )

    answers = together(wishes)

    assert [a for a in answers if not isinstance(a, CourseRun)] == []
    assert Session.objects.filter(room__in=rooms).count() == 2 * OFFICERS


def test_one_room_at_one_time_goes_to_one(run, officer, now):
    plan = RunPlan(applications_close_at=now + timedelta(days=1))
    wanted = _session(RoomFactory(), now + timedelta(days=10))

    answers = together(
        [
            partial(
                add_run, course=run.course, plan=plan, sessions=[wanted], by=officer, at=now
            )
        ]
        * OFFICERS
    )

    refused = [a for a in answers if isinstance(a, SessionRefused)]
    assert len(refused) == OFFICERS - 1
    assert {type(answer.why) for answer in refused} == {RoomTaken}
    assert Session.objects.filter(room=wanted.room).count() == 1


def test_completion_confirmed_by_several_is_recorded_once(run, officer, now):
    people = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO)
    ]
    wanted = [application.participants.get().pk for application in people]
    confirm = partial(record_completion, run=run, participants=wanted, by=officer, at=now)

    assert sorted(together([confirm] * OFFICERS)) == [*[0] * (OFFICERS - 1), 2]
    assert Completion.objects.count() == 2


def test_every_change_raises_the_revision_though_the_page_is_published(run, officer, now):
    """A calendar drops a change whose SEQUENCE it has seen."""
    session = run.sessions.get()
    rooms = [RoomFactory() for _each in range(OFFICERS)]
    moves = [
        partial(
            change_place, session=session, venue=room.venue, room=room, by=officer, at=now
        )
        for room in rooms
    ]
    news = [
        partial(
            publish_course, course=run.course, slug=f"slug-{n}", title=f"題名{n}", at=now
        )
        for n in range(OFFICERS)
    ]

    answers = together([call for pair in zip(moves, news, strict=True) for call in pair])
    assert [a for a in answers if isinstance(a, Exception)] == []

    session.refresh_from_db()
    assert plan_of(session).room in rooms
    assert session.sequence == 2 * OFFICERS
