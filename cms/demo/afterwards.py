"""What follows a session: attendance, and completion for those who came often enough."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from cms.demo.bookkeeping import BATCH, Booked
from cms.demo.identifiers import dice
from cms.demo.made_up import make_up_elsewhere
from cms.demo.offerings import Offerings
from courses.models import CourseRun, Session
from enrollments.domain.finishing.reckoning import Reckoning
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.enums import ApplicationState, AttendanceStatus, CompletionAct
from enrollments.models import Attendance, Completion, CompletionTrace, Participant

Status = AttendanceStatus
LIKELY = (
    (Status.PRESENT, 84),
    (Status.LATE, 4),
    (Status.LEFT_EARLY, 2),
    (Status.EXCUSED, 6),
    (Status.ABSENT, 4),
)
STILL_TO_RECORD = timedelta(days=3)
CONFIRMED_AFTER = timedelta(days=4)


def record_what_followed(
    booked: Iterable[Booked],
    offerings: Offerings,
    officers: dict[str, User],
    *,
    at: datetime,
) -> list[Completion]:
    """Completions given. The last three days' attendance is left for the officer to
    record."""
    rosters = _rosters(booked)
    attendances = [
        attendance
        for code, people in rosters.items()
        for session in offerings.sessions[code]
        if session.is_held and session.ends_at < at - STILL_TO_RECORD
        for attendance in _attendances(session, people, officers)
    ]
    make_up_elsewhere(attendances, offerings, before=at - STILL_TO_RECORD)
    Attendance.objects.bulk_create(attendances, batch_size=BATCH)
    return _completions(rosters, offerings, officers, at)


def _rosters(booked: Iterable[Booked]) -> dict[str, list[Participant]]:
    found: dict[str, list[Participant]] = defaultdict(list)
    for one in booked:
        if one.application.state == ApplicationState.ACCEPTED:
            found[one.application.run.code] += one.participants
    return found


def _attendances(
    session: Session, people: list[Participant], officers: dict[str, User]
) -> list[Attendance]:
    chance = dice("attendance", session.uid)
    officer = officers[session.run.course.department.code]
    return [
        Attendance(
            session=session,
            participant=person,
            status=_status(session.run, chance),
            recorded_at=session.ends_at + timedelta(minutes=15),
            recorded_by=officer,
        )
        for person in people
        if person.application.pool.session_id in (None, session.pk)
    ]


def _status(run: CourseRun, chance: Random) -> Status:
    kinds, weights = zip(*LIKELY, strict=True)
    status = chance.choices(kinds, weights)[0]
    online = run.delivery == "online" or (
        run.delivery == "hybrid" and chance.random() < 0.4
    )
    return Status.ONLINE if status == Status.PRESENT and online else status


def _completions(
    rosters: dict[str, list[Participant]],
    offerings: Offerings,
    officers: dict[str, User],
    at: datetime,
) -> list[Completion]:
    runs = {
        code: run
        for code in rosters
        if _has_rule(run := offerings.runs[code])
        and _ended(offerings.sessions[code]) < at - CONFIRMED_AFTER
    }
    reckoned = reckonings((one for code in runs for one in rosters[code]), at=at)
    rows = [
        _completion(
            person,
            reckoned[person.pk],
            _ended(offerings.sessions[code]),
            officers[_department(run)],
        )
        for code, run in runs.items()
        for person in rosters[code]
        if reckoned[person.pk].is_met
    ]
    traces = [
        CompletionTrace(
            participant=one.participant,
            act=CompletionAct.GIVEN,
            at=one.recorded_at,
            by=one.recorded_by,
            reckoning=one.reckoning,
        )
        for one in rows
    ]
    CompletionTrace.objects.bulk_create(traces, batch_size=BATCH)
    return Completion.objects.bulk_create(rows, batch_size=BATCH)


def _has_rule(run: CourseRun) -> bool:
    return bool(run.completion_sessions or run.completion_percent)


def _department(run: CourseRun) -> str:
    return run.course.department.code


def _ended(sessions: list[Session]) -> datetime:
    return max(session.ends_at for session in sessions)


def _completion(
    person: Participant, reckoning: Reckoning, ended: datetime, officer: User
) -> Completion:
    return Completion(
        participant=person,
        completed_on=timezone.localdate(ended),
        sessions_attended=reckoning.attended,
        needed=reckoning.needed,
        reckoning=reckoning.kept(),
        recorded_at=ended + timedelta(days=1),
        recorded_by=officer,
    )
