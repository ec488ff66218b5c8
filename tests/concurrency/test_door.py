"""Two officers at one door: nothing is lost, whoever is quicker."""

import contextlib
import threading
from functools import partial
from uuid import uuid4

import pytest

from courses.models import CourseRun
from enrollments.domain import attendance
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, record_marks
from enrollments.domain.head_counts import note_head_count
from enrollments.domain.walk_ins import welcome_walk_in
from enrollments.enums import MarkOutcome as Outcome
from enrollments.models import Application, Attendance, AttendanceMark, HeadCount
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.enrollments.requests import HANAKO, KEIKO, TARO, request_by
from tests.factories import StaffProfileFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
OFFICERS = 8


@pytest.fixture
def officer(run):
    return StaffProfileFactory(department=run.course.department).user


@pytest.fixture
def people(run, now):
    found = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO)
    ]
    return [application.participants.get() for application in found]


@pytest.fixture
def door(run, officer):
    session = run.sessions.get()
    return partial(record_marks, session=session, by=officer, at=session.starts_at)


def _mark(person, status, key=None) -> Mark:
    return Mark(person.pk, status, seen="", key=key or uuid4())


def test_one_list_sent_by_many_is_taken_once(people, door):
    marks = [_mark(person, "present") for person in people]

    answers = together([partial(door, marks=marks)] * OFFICERS)

    assert [a for a in answers if isinstance(a, Exception)] == []
    assert AttendanceMark.objects.count() == len(marks)
    assert Attendance.objects.count() == len(people)


def test_of_different_marks_one_stands_and_the_others_wait(people, door):
    statuses = ["present", "late", "absent", "online"]
    calls = [partial(door, marks=[_mark(people[0], one)]) for one in statuses]

    answers = together(calls)

    outcomes = sorted(row.outcome for (row,) in answers)
    assert outcomes == [Outcome.APPLIED, *[Outcome.CLASH] * 3]
    assert {row.status for row in AttendanceMark.objects.all()} == set(statuses)


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and everybody looks before anybody writes."""
    looked = threading.Barrier(2)
    judge = attendance._judged

    def look_then_wait(*args):
        found = judge(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(1)
        return found

    def unlocked(pk):
        return CourseRun.objects.select_related("course__department").get(pk=pk)

    monkeypatch.setattr(attendance, "lock_run", unlocked)
    monkeypatch.setattr(attendance, "_judged", look_then_wait)
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_a_mark_is_lost(people, door):
    """One overwrites the other unseen (PostgreSQL), or is not taken (SQLite)."""
    calls = [partial(door, marks=[_mark(people[0], one)]) for one in ("late", "absent")]

    answers = together(calls)

    clashes = AttendanceMark.objects.filter(outcome=Outcome.CLASH).count()
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert (clashes, len(failed)) != (1, 0)


def test_heads_counted_at_two_doors_add_up(run, officer):
    run.selection_mode = "open"
    run.save()
    session = run.sessions.get()
    one_more = partial(
        note_head_count, session=session, more=1, by=officer, at=session.starts_at
    )

    together([one_more] * OFFICERS)
    assert HeadCount.objects.get().number == OFFICERS


def test_a_walk_in_form_sent_twice_at_once_lets_one_in(run, officer):
    session = run.sessions.get()
    welcome = partial(
        welcome_walk_in,
        session=session,
        person=KEIKO,
        phone="",
        key=uuid4(),
        by=officer,
        at=session.starts_at,
    )

    answers = together([welcome] * 4)

    assert len(set(answers)) == 1
    assert Application.objects.count() == 1
    assert Attendance.objects.count() == 1
