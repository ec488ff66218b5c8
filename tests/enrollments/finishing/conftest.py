"""Hanako came to both sessions of a run that asks for two; Taro to one."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from courses.models import CourseRun, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.completion import record_completion
from enrollments.enums import AttendanceStatus
from enrollments.models import Certificate, Completion, Participant
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import SessionFactory

PRESENT, ABSENT = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT


@pytest.fixture
def sessions(run: CourseRun) -> list[Session]:
    first = run.sessions.get()
    second = SessionFactory(
        run=run, number=2, starts_at=first.starts_at + timedelta(days=7)
    )
    run.completion_sessions = 2
    run.save()
    return [first, second]


@pytest.fixture
def people(run: CourseRun, sessions: list[Session], now: datetime) -> list[Participant]:
    """Hanako, who has mail, and Taro, who has a telephone only."""
    hanako = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    wishes = request_by(TARO, email="", phone="0420-11-1111")
    taro = apply_for_seat(run=run, request=wishes, by=None, at=now)
    return [hanako.participants.get(), taro.participants.get()]


@pytest.fixture
def hana(people: list[Participant]) -> Participant:
    return people[0]


@pytest.fixture
def taro(people: list[Participant]) -> Participant:
    return people[1]


@pytest.fixture
def marked(
    sessions: list[Session], hana: Participant, taro: Participant, officer: User
) -> None:
    for session, of_taro in zip(sessions, (ABSENT, PRESENT), strict=True):
        record_attendance(
            session=session,
            marks={hana.pk: PRESENT, taro.pk: of_taro},
            by=officer,
            at=session.ends_at,
        )


@pytest.fixture
def after(sessions: list[Session]) -> datetime:
    return sessions[1].ends_at + timedelta(days=1)


@pytest.fixture
def completed(
    run: CourseRun, marked: None, hana: Participant, officer: User, after: datetime
) -> Completion:
    record_completion(run=run, participants=[hana.pk], by=officer, at=after)
    return Completion.objects.get()


@pytest.fixture
def certificate(
    run: CourseRun, completed: Completion, officer: User, after: datetime
) -> Certificate:
    from enrollments.domain.finishing.register import issue_certificates

    return issue_certificates(run=run, by=officer, at=after)[0]
