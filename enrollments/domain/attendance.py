"""Attendance is recorded per session for those who hold a place, from its day on."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.refusals import NotOnTheList, SessionNotHeld, SessionNotStarted
from enrollments.enums import ApplicationState, AttendanceStatus
from enrollments.models import Attendance, Participant

COUNTS_AS_ATTENDED = frozenset(
    {
        AttendanceStatus.PRESENT,
        AttendanceStatus.LATE,
        AttendanceStatus.LEFT_EARLY,
        AttendanceStatus.MADE_UP,
        AttendanceStatus.ONLINE,
    }
)


def roster(run_pk: int) -> list[Participant]:
    """Everybody with a place, in order of the reading of the name."""
    return list(
        Participant.objects.filter(
            application__run=run_pk, application__state=ApplicationState.ACCEPTED
        )
        .select_related("application__pool", "application__department")
        .order_by("family_name_kana", "given_name_kana", "pk")
    )


def roster_of(session: Session) -> list[Participant]:
    """Of these, who comes to the session: all, unless each chose one."""
    return [
        person
        for person in roster(session.run_id)
        if person.application.pool.session_id in (None, session.pk)
    ]


def require_markable(session: Session, *, at: datetime) -> None:
    """Raises: SessionNotHeld, SessionNotStarted (before its day)."""
    if not session.is_held:
        raise SessionNotHeld
    if timezone.localdate(at) < timezone.localdate(session.starts_at):
        raise SessionNotStarted


def record_attendance(
    *,
    session: Session,
    marks: Mapping[int, AttendanceStatus | None],
    by: User,
    at: datetime,
) -> int:
    """Set participants' attendance (none clears it); returns how many rows changed.

    Raises: NotAllowed, SessionNotHeld, SessionNotStarted (before its day), NotOnTheList.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        session = run.sessions.select_related("run").get(pk=session.pk)
        require_markable(session, at=at)
        known = {participant.pk for participant in roster_of(session)}
        if not known.issuperset(marks):
            raise NotOnTheList
        present = dict(
            Attendance.objects.filter(session=session).values_list("participant", "status")
        )
        changed = {pk: mark for pk, mark in marks.items() if present.get(pk) != mark}
        cleared = [pk for pk, mark in changed.items() if mark is None]
        Attendance.objects.filter(session=session, participant__in=cleared).delete()
        Attendance.objects.bulk_create(
            [
                Attendance(
                    session=session,
                    participant_id=pk,
                    status=mark,
                    recorded_at=at,
                    recorded_by=by,
                )
                for pk, mark in changed.items()
                if mark is not None
            ],
            update_conflicts=True,
            unique_fields=["session", "participant"],
            update_fields=["status", "recorded_at", "recorded_by"],
        )
    return len(changed)
