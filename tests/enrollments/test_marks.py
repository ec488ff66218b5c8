"""Marks from several people and devices: each once, none lost, differences decided."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, record_attendance, record_marks
from enrollments.domain.attendance_words import HAVE_COME, MARKS
from enrollments.domain.device_marks import put_right, receive_marks
from enrollments.domain.mark_clashes import clashes_shown, settle_clash
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import MarkOutcome as Outcome
from enrollments.enums import MarkSource
from enrollments.models import Attendance, AttendanceMark
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SessionFactory, StaffProfileFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(run, now):
    """Hanako and Taro have places; Jiro waits."""
    found = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO)
    ]
    return [application.participants.get() for application in found]


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def begins(session):
    return session.starts_at


def _mark(person, status, **more) -> Mark:
    return Mark(participant=person.pk, status=status, **more)


def _noted(session, by, at, *marks) -> list[str]:
    return [r.outcome for r in record_marks(session=session, marks=marks, by=by, at=at)]


def _stands() -> dict[str, str]:
    return dict(Attendance.objects.values_list("participant__given_name", "status"))


def test_every_status_has_its_line_in_the_table():
    assert set(MARKS) == set(Status)
    assert set(Status) - {Status.EXCUSED, Status.ABSENT} == HAVE_COME


def test_a_mark_leaves_its_trace(session, people, officer, begins):
    mark = _mark(people[0], Status.LATE, seen="", source=MarkSource.DOOR)
    assert _noted(session, officer, begins, mark) == [Outcome.APPLIED]

    row = AttendanceMark.objects.get()
    assert (row.key, row.status, row.seen, row.source, row.recorded_by) == (
        mark.key,
        "late",
        "",
        "door",
        officer,
    )
    assert Attendance.objects.get().source == MarkSource.DOOR


def test_a_mark_sent_twice_counts_once(session, people, officer, begins):
    mark = _mark(people[0], Status.PRESENT, seen="")
    later = _mark(people[0], Status.LATE, seen="present")
    _noted(session, officer, begins, mark)
    _noted(session, officer, begins, later)

    assert _noted(session, officer, begins + MINUTE, mark) == [Outcome.APPLIED]
    assert _stands() == {"花子": "late"}
    assert AttendanceMark.objects.count() == 2


def test_what_was_marked_differently_meanwhile_waits(session, people, officer, begins):
    record_attendance(
        session=session, marks={people[0].pk: Status.LATE}, by=officer, at=begins
    )
    mine = _mark(people[0], Status.PRESENT, seen="")

    assert _noted(session, officer, begins + MINUTE, mine) == [Outcome.CLASH]
    assert _stands() == {"花子": "late"}
    (clash,) = clashes_shown(session)
    assert (clash.mark.status, clash.stands.status) == ("present", "late")


def test_the_same_said_twice_is_no_clash(session, people, officer, begins):
    mine, yours = (_mark(people[0], Status.PRESENT, seen="") for _each in range(2))

    assert _noted(session, officer, begins, mine, yours) == [Outcome.APPLIED, Outcome.SAME]


@pytest.mark.parametrize(("take", "status"), [(True, "present"), (False, "late")])
def test_a_clash_is_decided_once_and_kept(session, people, officer, begins, take, status):
    _noted(session, officer, begins, _mark(people[0], Status.LATE, seen=""))
    _noted(session, officer, begins, _mark(people[0], Status.PRESENT, seen=""))
    clash = AttendanceMark.objects.get(outcome=Outcome.CLASH)
    decided = begins + MINUTE

    settle_clash(mark=clash, take=take, by=officer, at=decided)
    settle_clash(mark=clash, take=not take, by=officer, at=decided + MINUTE)

    clash.refresh_from_db()
    assert (clash.outcome, clash.settled_by, clash.settled_at, clash.status) == (
        Outcome.SETTLED,
        officer,
        decided,
        "present",
    )
    assert _stands() == {"花子": status}
    assert clashes_shown(session) == []


def test_other_sections_neither_mark_nor_decide(session, people, officer, begins):
    stranger = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        _noted(session, stranger, begins, _mark(people[0], Status.PRESENT))
    _noted(session, officer, begins, _mark(people[0], Status.LATE, seen=""))
    _noted(session, officer, begins, _mark(people[0], Status.PRESENT, seen=""))
    clash = AttendanceMark.objects.get(outcome=Outcome.CLASH)

    with pytest.raises(NotAllowed):
        settle_clash(mark=clash, take=True, by=stranger, at=begins)
    assert _stands() == {"花子": "late"}


def test_an_absence_is_known_beforehand_a_presence_is_not(
    session, people, officer, begins, now
):
    assert _noted(session, officer, now, _mark(people[0], Status.EXCUSED)) == ["applied"]
    assert _noted(session, officer, now, _mark(people[0], "")) == ["applied"]
    with pytest.raises(refusals.SessionNotStarted):
        _noted(session, officer, now, _mark(people[0], Status.PRESENT))


def test_made_up_in_another_run_of_the_course_only(session, people, officer, begins, run):
    same = SessionFactory(run=CourseRunFactory(course=run.course), number=1)
    other = SessionFactory(run=CourseRunFactory(), number=1)

    made_up = _mark(people[0], Status.MADE_UP, made_up_in=same.pk)
    assert _noted(session, officer, begins, made_up) == [Outcome.APPLIED]
    assert Attendance.objects.get().made_up_in == same
    with pytest.raises(refusals.NotMadeUpThere):
        _noted(
            session,
            officer,
            begins,
            _mark(people[1], Status.MADE_UP, made_up_in=other.pk),
        )


def test_one_who_left_keeps_back_nobody_elses_mark(session, people, officer, begins):
    hanako, _taro, jiro = people
    sent = [_mark(jiro, Status.PRESENT, seen=""), _mark(hanako, Status.PRESENT, seen="")]

    taken = receive_marks(
        session=session, marks=sent, sent_at=begins, by=officer, at=begins
    )

    assert [(one.key, one.row and one.row.outcome) for one in taken] == [
        (sent[0].key, None),
        (sent[1].key, Outcome.APPLIED),
    ]
    assert _stands() == {"花子": "present"}


def test_a_wrong_clock_is_put_right(session, people, officer, begins):
    """The telephone is a year slow: it marked ten minutes before it sent."""
    slow = begins - timedelta(days=365)
    mark = _mark(people[0], Status.PRESENT, seen="", marked_at=slow - 10 * MINUTE)

    receive_marks(session=session, marks=[mark], sent_at=slow, by=officer, at=begins)
    assert AttendanceMark.objects.get().marked_at == begins - 10 * MINUTE


def test_a_moment_is_never_in_the_future_nor_long_ago(begins):
    early = begins - timedelta(days=1)
    assert put_right(begins + MINUTE, begins, begins, early) == begins
    assert put_right(begins - timedelta(days=9), begins, begins, early) == early


def test_marking_takes_the_same_number_of_queries(
    session, people, officer, begins, django_assert_num_queries
):
    with django_assert_num_queries(11) as one:
        _noted(session, officer, begins, _mark(people[0], Status.PRESENT, seen=""))
    with django_assert_num_queries(len(one)):
        _noted(
            session,
            officer,
            begins,
            _mark(people[0], Status.LATE, seen="present"),
            _mark(people[1], Status.PRESENT, seen=""),
        )


def _refused(name, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def test_the_database_keeps_marks_as_they_were_made(session, people, officer, begins):
    _noted(session, officer, begins, _mark(people[0], Status.LATE, seen="", key=uuid4()))
    _noted(session, officer, begins, _mark(people[0], Status.PRESENT, seen=""))
    rows = AttendanceMark.objects.all()
    clash = rows.filter(outcome=Outcome.CLASH)

    _refused("mark_is_kept", rows.delete)
    _refused("mark_is_not_rewritten", lambda: rows.update(status="absent"))
    _refused("mark_is_not_rewritten", lambda: rows.update(marked_at=begins - MINUTE))
    _refused("mark_is_settled_once", lambda: clash.update(outcome=Outcome.SETTLED))
    assert clash.update(outcome=Outcome.SETTLED, settled_at=begins) == 1
    _refused("mark_is_settled_once", lambda: rows.update(outcome=Outcome.CLASH))
