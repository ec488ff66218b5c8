"""One room, one instructor, several officers at one moment: exactly one wins. The code
and the database each see to it alone; without both, it happens."""

import contextlib
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import guarding
from courses.domain import rooms, sessions, teaching
from courses.domain.audit import double_bookings
from courses.domain.refusals import InstructorTaken, RoomTaken
from courses.domain.session_plans import SessionPlan
from courses.domain.sessions import add_session
from courses.models import CourseRun, Session, SessionInstructor
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.factories import (
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
OFFICERS = 6
HOUR = timedelta(hours=1)
Call = partial


@pytest.fixture
def room(transactional_db):
    return RoomFactory()


@pytest.fixture
def suzuki(transactional_db):
    return InstructorFactory()


def _wishes(now, **wish) -> list[Call]:
    """The same two hours for runs of different courses, which share no other lock."""
    officer = UserFactory(is_superuser=True)
    begin = now + timedelta(days=10)
    plan = SessionPlan(starts_at=begin, ends_at=begin + 2 * HOUR, **wish)
    runs = [CourseRunFactory() for _each in range(OFFICERS)]
    return [partial(add_session, run=run, plan=plan, by=officer, at=now) for run in runs]


def _assert_one_wins(answers: list, refusal: type[Exception]) -> None:
    winners = [answer for answer in answers if isinstance(answer, Session)]
    assert len(winners) == 1
    refused = [answer for answer in answers if isinstance(answer, refusal)]
    assert len(refused) == OFFICERS - 1
    assert double_bookings() == []


def test_room_goes_to_one_officer(room, now):
    answers = together(_wishes(now, room=room, venue=room.venue))
    _assert_one_wins(answers, RoomTaken)


def test_instructor_goes_to_one_officer(suzuki, now):
    answers = together(_wishes(now, instructors=(suzuki,)))
    _assert_one_wins(answers, InstructorTaken)


def test_rooms_and_instructors_wanted_in_any_order_are_not_waited_for_in_a_circle(now):
    """Half of them name both the other way round; each on a day of its own."""
    rooms_wanted = [RoomFactory(), RoomFactory()]
    people = [InstructorFactory(), InstructorFactory()]
    officer = UserFactory(is_superuser=True)
    calls = []
    for number in range(OFFICERS):
        begin = now + timedelta(days=10 + number)
        step = 1 if number % 2 else -1
        plan = SessionPlan(
            starts_at=begin,
            ends_at=begin + HOUR,
            room=rooms_wanted[::step][0],
            instructors=tuple(people[::step]),
        )
        run = CourseRunFactory()
        calls.append(partial(add_session, run=run, plan=plan, by=officer, at=now))

    answers = together(calls)
    assert [a for a in answers if not isinstance(a, Session)] == []
    assert SessionInstructor.objects.count() == 2 * OFFICERS


@pytest.fixture
def _domain_looks_away(monkeypatch):
    """Only the database's guards are left."""
    monkeypatch.setattr(sessions, "require_free_room", lambda *args, **kwargs: None)
    monkeypatch.setattr(
        sessions, "line_up", lambda wanted, *args, **kwargs: dict.fromkeys(wanted, "")
    )


@pytest.mark.usefixtures("_domain_looks_away")
def test_database_alone_gives_the_room_to_one(room, now):
    answers = together(_wishes(now, room=room, venue=room.venue))
    _assert_one_wins(answers, IntegrityError)


@pytest.mark.usefixtures("_domain_looks_away")
def test_database_alone_gives_the_instructor_to_one(suzuki, now):
    answers = together(_wishes(now, instructors=(suzuki,)))
    _assert_one_wins(answers, IntegrityError)


def _in_transaction(call):
    with transaction.atomic():
        return call()


def test_run_does_not_come_back_beside_a_new_session(room, now):
    """The run's guard and the session's meet at the room."""
    begin = now + timedelta(days=10)
    resting = SessionFactory(room=room, starts_at=begin, run__state="cancelled")
    run = CourseRun.objects.filter(pk=resting.run_id)
    elsewhere = CourseRunFactory()
    back = partial(_in_transaction, partial(run.update, state="announced"))
    new = partial(
        _in_transaction,
        partial(SessionFactory, run=elsewhere, room=room, starts_at=begin),
    )

    answers = together([back, new])
    assert [type(a) for a in answers].count(IntegrityError) == 1
    assert double_bookings() == []


def test_session_does_not_move_while_its_instructor_is_named(suzuki, now):
    """One names Suzuki for a session, the other moves it to where Suzuki is."""
    begin = now + timedelta(days=10)
    busy = SessionFactory(starts_at=begin)
    busy.teaching.create(instructor=suzuki)
    free = SessionFactory(starts_at=begin + 5 * HOUR)
    found = Session.objects.filter(pk=free.pk)
    name = partial(_in_transaction, partial(free.teaching.create, instructor=suzuki))
    move = partial(_in_transaction, partial(found.update, starts_at=begin))

    answers = together([name, move])
    assert [type(a) for a in answers].count(IntegrityError) == 1
    assert double_bookings() == []


@pytest.fixture
def _without_guard_and_lock(monkeypatch):
    """Everybody looks before anybody writes, and nothing holds them back."""
    looked = threading.Barrier(OFFICERS)

    def wait() -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(2)

    def look_then_wait(look):
        def looking(*args, **kwargs):
            found = look(*args, **kwargs)
            wait()
            return found

        return looking

    monkeypatch.setattr(rooms, "lock_rooms", lambda found: None)
    monkeypatch.setattr(teaching, "lock_instructors", lambda found: None)
    monkeypatch.setattr(sessions, "lock_run", _unlocked)
    monkeypatch.setattr(sessions, "line_up", look_then_wait(teaching.line_up))
    with everybody_begins(), guarding.lifted():
        yield


def _unlocked(pk: int) -> CourseRun:
    return CourseRun.objects.select_related("course__department").get(pk=pk)


@pytest.mark.usefixtures("_without_guard_and_lock")
def test_control_without_guard_and_lock_the_room_is_not_given_to_one(room, now):
    answers = together(_wishes(now, room=room, venue=room.venue))
    with pytest.raises(AssertionError):
        _assert_one_wins(answers, RoomTaken)
    # SQLite has one writer: there the others get an error instead of the room.
    assert bool(double_bookings()) is (connection.vendor == "postgresql")


@pytest.mark.usefixtures("_without_guard_and_lock")
def test_control_without_guard_and_lock_the_instructor_is_not_given_to_one(suzuki, now):
    answers = together(_wishes(now, instructors=(suzuki,)))
    with pytest.raises(AssertionError):
        _assert_one_wins(answers, InstructorTaken)
    assert bool(double_bookings()) is (connection.vendor == "postgresql")
