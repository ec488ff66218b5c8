"""Two officers at one door: nothing is lost, whoever is quicker."""

from functools import partial
from unittest import mock
from uuid import uuid4

import pytest
from django.db import connection

from enrollments.domain import attendance
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, record_marks
from enrollments.domain.head_counts import note_head_count
from enrollments.domain.walk_ins import welcome_walk_in
from enrollments.enums import MarkOutcome as Outcome
from enrollments.models import Application, Attendance, AttendanceMark, HeadCount
from tests.concurrency.together import together
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


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer: BEGIN IMMEDIATE locks"
)
def test_without_the_lock_marks_are_lost_unseen(people, door):
    """The negative control: both look before either writes."""
    from threading import Barrier

    looked = Barrier(2, timeout=5)
    judge = attendance._judged

    def slow(*args):
        found = judge(*args)
        looked.wait()
        return found

    def unlocked(pk):
        return attendance.CourseRun.objects.select_related("course__department").get(pk=pk)

    with (
        mock.patch.object(attendance, "lock_run", unlocked),
        mock.patch.object(attendance, "_judged", slow),
    ):
        calls = [partial(door, marks=[_mark(people[0], s)]) for s in ("late", "absent")]
        answers = together(calls)

    assert [row.outcome for (row,) in answers] == [Outcome.APPLIED, Outcome.APPLIED]
    assert Attendance.objects.count() == 1


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
