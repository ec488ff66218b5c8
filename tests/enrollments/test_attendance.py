from datetime import timedelta

import pytest

from courses.enums import SessionState
from courses.models import CourseRun
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance, roster, roster_of
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import SeatPoolFactory, SessionFactory

PRESENT, ABSENT = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT


@pytest.fixture
def seated(run, now):
    """Hanako and Taro have places; Jiro waits."""
    people = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO)
    ]
    return [application.participants.get() for application in people]


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def that_day(session):
    return session.starts_at


def test_roster_holds_the_accepted_in_order_of_reading(run, seated):
    hanako, taro, _jiro = seated
    assert roster(run.pk) == [taro, hanako]


def test_who_chose_a_session_is_on_the_list_of_that_one(run, session, now):
    second = SessionFactory(run=run, number=2)
    run.pools.all().delete()
    CourseRun.objects.update(chooses_session=True)
    SeatPoolFactory(run=run, session=session)
    chosen = request_by(HANAKO, session=session.pk)
    hanako = apply_for_seat(run=run, request=chosen, by=None, at=now)

    assert roster_of(session) == [hanako.participants.get()]
    assert roster_of(second) == []


def test_attendance_is_recorded_with_who_and_when(session, seated, officer, that_day):
    changed = record_attendance(
        session=session, marks={seated[0].pk: PRESENT}, by=officer, at=that_day
    )

    assert changed == 1
    row = Attendance.objects.get()
    assert (row.participant, row.status, row.recorded_by, row.recorded_at) == (
        seated[0],
        PRESENT,
        officer,
        that_day,
    )


def test_only_changed_marks_are_written(session, seated, officer, that_day):
    marks = {seated[0].pk: PRESENT, seated[1].pk: ABSENT}
    record_attendance(session=session, marks=marks, by=officer, at=that_day)
    later = that_day + timedelta(hours=1)

    marks[seated[1].pk] = PRESENT
    assert record_attendance(session=session, marks=marks, by=officer, at=later) == 1

    times = Attendance.objects.order_by("participant").values_list("recorded_at", flat=True)
    assert list(times) == [that_day, later]


def test_mark_can_be_cleared(session, seated, officer, that_day):
    record_attendance(
        session=session, marks={seated[0].pk: PRESENT}, by=officer, at=that_day
    )
    record_attendance(session=session, marks={seated[0].pk: None}, by=officer, at=that_day)

    assert not Attendance.objects.exists()


def test_somebody_without_a_place_is_refused_and_nothing_is_written(
    session, seated, officer, that_day
):
    marks = {seated[0].pk: PRESENT, seated[2].pk: PRESENT}
    with pytest.raises(refusals.NotOnTheList):
        record_attendance(session=session, marks=marks, by=officer, at=that_day)
    assert not Attendance.objects.exists()


def test_attendance_waits_for_the_day(session, seated, officer, that_day):
    with pytest.raises(refusals.SessionNotStarted):
        record_attendance(
            session=session,
            marks={seated[0].pk: PRESENT},
            by=officer,
            at=that_day - timedelta(days=1),
        )


def test_cancelled_session_has_no_attendance(session, seated, officer, that_day):
    session.state = SessionState.CANCELLED
    session.save()
    with pytest.raises(refusals.SessionNotHeld):
        record_attendance(
            session=session, marks={seated[0].pk: PRESENT}, by=officer, at=that_day
        )
