"""Until a session begins, whoever holds a place tells that somebody will not come, and
may take it back; what the door has noted meanwhile stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun, Session
from enrollments.domain.attendance import Mark, write_marks
from enrollments.domain.own_record import RecordLine
from enrollments.domain.own_sessions import sessions_of
from enrollments.domain.refusals import NotOnTheList, TooLateToTell
from enrollments.enums import ApplicationState, AttendanceStatus, MarkSource
from enrollments.models import Application, Attendance, AttendanceMark, Participant


def absences_told(record: Iterable[RecordLine]) -> dict[int, set[int]]:
    """By session, the participants who told that they do not come."""
    told: dict[int, set[int]] = {}
    for line in record:
        if line.status == AttendanceStatus.EXCUSED:
            told.setdefault(line.session.pk, set()).add(line.person.pk)
    return told


def tell_absence(
    *,
    application: Application,
    session: Session,
    absent: Iterable[int],
    by: User | None,
    at: datetime,
) -> list[AttendanceMark]:
    """`absent` are the participants who do not come; all others of the party do.

    Raises: NotOnTheList, TooLateToTell, SessionNotHeld.
    """
    with transaction.atomic():
        run = lock_run(application.run_id)
        fresh = Application.objects.select_related("pool").get(pk=application.pk)
        people = {one.pk: one for one in fresh.participants.all()}
        away = set(absent)
        if fresh.state != ApplicationState.ACCEPTED or not away.issubset(people):
            raise NotOnTheList
        if not sessions_of([fresh]).filter(pk=session.pk).exists():
            raise NotOnTheList
        if at >= run.sessions.get(pk=session.pk).starts_at:
            raise TooLateToTell
        marks = _marks(session, people, away)
        return write_marks(run=run, session=session.pk, marks=marks, by=by, at=at)


def forget_absences(
    *, participant: Participant, run: CourseRun, by: User | None, at: datetime
) -> None:
    """Under the run's lock: what was told of sessions to come was told of somebody who
    has given up the place. Of earlier ones it stays true that nobody came."""
    told = Attendance.objects.filter(
        participant=participant,
        status=AttendanceStatus.EXCUSED,
        session__in=run.sessions.held().upcoming(at),
    )
    for session in list(told.values_list("session", flat=True)):
        mark = Mark(participant.pk, "", source=MarkSource.NOTICE)
        write_marks(run=run, session=session, marks=[mark], by=by, at=at)


def _marks(session: Session, people: dict[int, Participant], away: set[int]) -> list[Mark]:
    """Only where something changes; `seen` is what this page can have shown."""
    rows = Attendance.objects.filter(session=session, participant__in=people)
    excused = set(
        rows.filter(status=AttendanceStatus.EXCUSED).values_list("participant", flat=True)
    )
    return [
        Mark(
            participant=pk,
            status=AttendanceStatus.EXCUSED if pk in away else "",
            seen=AttendanceStatus.EXCUSED if pk in excused else "",
            source=MarkSource.NOTICE,
        )
        for pk in people
        if (pk in away) != (pk in excused)
    ]
