from datetime import timedelta

import pytest

from courses.enums import SessionState
from courses.models import CourseRun
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance, roster, roster_of
from enrollments.domain.completion import (
    record_completion,
    revoke_completion,
    standings,
)
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance, Completion
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


def test_completion_is_suggested_by_sessions_attended(run, session, seated, officer):
    run.completion_sessions = 2
    run.save()
    second = SessionFactory(run=run, number=2, starts_at=session.starts_at)
    for held in (session, second):
        record_attendance(
            session=held,
            marks={seated[0].pk: AttendanceStatus.LATE, seated[1].pk: ABSENT},
            by=officer,
            at=held.ends_at,
        )

    found = {s.participant: (s.attended, s.suggested) for s in standings(run)}
    assert found == {seated[0]: (2, True), seated[1]: (0, False)}


def test_completion_is_confirmed_once(run, seated, officer, that_day):
    for _ in range(2):
        record_completion(run=run, participants=[seated[0].pk], by=officer, at=that_day)
    assert Completion.objects.get().participant == seated[0]


def test_completion_outside_the_roster_is_refused(run, seated, officer, that_day):
    with pytest.raises(refusals.NotOnTheList):
        record_completion(run=run, participants=[seated[2].pk], by=officer, at=that_day)


def test_completion_can_be_taken_back(run, seated, officer, that_day):
    record_completion(run=run, participants=[seated[0].pk], by=officer, at=that_day)

    revoke_completion(run=run, participant=seated[0].pk, by=officer, at=that_day)
    assert not Completion.objects.exists()


@pytest.mark.parametrize("people", [1, 2])
def test_standings_take_the_same_number_of_queries(
    run, now, people, django_assert_num_queries
):
    for person in (HANAKO, TARO)[:people]:
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    with django_assert_num_queries(3):
        standings(run)
