"""Attendance is recorded per session for those who hold a place, from its day on (an
absence that was told, before it), each mark with its trace; a mark made over something
else than what stands waits for somebody to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun, Session
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.domain.refusals import (
    NotMadeUpThere,
    NotOnTheList,
    SessionNotHeld,
    SessionNotStarted,
)
from enrollments.domain.roster import roster as roster
from enrollments.domain.roster import roster_of as roster_of
from enrollments.domain.tables.arriving import seat_those_without
from enrollments.enums import AttendanceStatus, MarkOutcome, MarkSource
from enrollments.models import Attendance, AttendanceMark

COUNTS_AS_ATTENDED = HAVE_COME
IN_THE_ROOM = HAVE_COME - {AttendanceStatus.MADE_UP, AttendanceStatus.ONLINE}
# What can be known before the day: that somebody will not come, or will after all.
KNOWN_BEFOREHAND = frozenset({"", AttendanceStatus.EXCUSED})


@dataclass(frozen=True)
class Mark:
    """A blank `status` clears. `seen` is what the person who marks saw: blank for
    nothing, none where they did not look and have the last word."""

    participant: int
    status: str
    seen: str | None = None
    source: MarkSource = MarkSource.LIST
    marked_at: datetime | None = None
    made_up_in: int | None = None
    key: UUID = field(default_factory=uuid4)


def record_attendance(
    *,
    session: Session,
    marks: Mapping[int, AttendanceStatus | None],
    by: User,
    at: datetime,
    seen: Mapping[int, str] | None = None,
    source: MarkSource = MarkSource.LIST,
) -> int:
    """Set participants' attendance (none clears it); returns how many rows changed.

    Raises: NotAllowed, SessionNotHeld, SessionNotStarted (before its day), NotOnTheList.
    """
    saw = seen or {}
    wanted = [
        Mark(participant=pk, status=status or "", seen=saw.get(pk), source=source)
        for pk, status in marks.items()
    ]
    rows = record_marks(session=session, marks=wanted, by=by, at=at)
    return sum(row.outcome == MarkOutcome.APPLIED for row in rows)


def record_marks(
    *, session: Session, marks: Sequence[Mark], by: User, at: datetime
) -> list[AttendanceMark]:
    """For staff of the section; one row per mark, in their order.

    Raises: NotAllowed, and as `write_marks`.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        return write_marks(run=run, session=session.pk, marks=marks, by=by, at=at)


def write_marks(
    *,
    run: CourseRun,
    session: int,
    marks: Sequence[Mark],
    by: User | None,
    at: datetime,
) -> list[AttendanceMark]:
    """Under the run's lock, by whoever may: the one place where attendance is written.
    A key that is known was sent before and is answered as then.

    Raises: SessionNotHeld, SessionNotStarted, NotOnTheList, NotMadeUpThere.
    """
    held = run.sessions.select_related("run").get(pk=session)
    _require_writable(held, marks, at)
    stands = dict(
        Attendance.objects.filter(session=held).values_list("participant", "status")
    )
    known = {
        row.key: row
        for row in AttendanceMark.objects.filter(key__in=[mark.key for mark in marks])
    }
    new, changed = [], {}
    for mark in marks:
        if mark.key in known:
            continue
        row = _judged(held, mark, stands.get(mark.participant, ""), by, at)
        known[mark.key] = row
        new.append(row)
        if row.outcome == MarkOutcome.APPLIED:
            stands[mark.participant] = mark.status
            changed[mark.participant] = mark
    AttendanceMark.objects.bulk_create(new)
    _apply(held, changed, by, at)
    came = [pk for pk, mark in changed.items() if mark.status in IN_THE_ROOM]
    seat_those_without(session=held, only=came, by=by, at=at)
    return [known[mark.key] for mark in marks]


def require_markable(
    session: Session, *, at: datetime, status: str = AttendanceStatus.PRESENT
) -> None:
    """Raises: SessionNotHeld, SessionNotStarted (before its day)."""
    if not session.is_held:
        raise SessionNotHeld
    early = timezone.localdate(at) < timezone.localdate(session.starts_at)
    if early and status not in KNOWN_BEFOREHAND:
        raise SessionNotStarted


def _require_writable(session: Session, marks: Sequence[Mark], at: datetime) -> None:
    here = {mark.status for mark in marks if mark.made_up_in is None}
    elsewhere = {mark.made_up_in for mark in marks if mark.made_up_in is not None}
    for status in here or {""}:
        require_markable(session, at=at, status=status)
    if not {one.pk for one in roster_of(session)}.issuperset(m.participant for m in marks):
        raise NotOnTheList
    if elsewhere:
        there = {one.pk: one for one in sessions_to_make_up_in(session)}
        if elsewhere - there.keys():
            raise NotMadeUpThere
        # Who comes to another session may do so before the one that is missed.
        for pk in elsewhere & there.keys():
            require_markable(there[pk], at=at)


def sessions_to_make_up_in(session: Session) -> list[Session]:
    """Those of other runs of the same course that are held."""
    found = Session.objects.filter(run__course=session.run.course_id).held()
    found = found.exclude(run=session.run_id).select_related("run__course")
    return list(found.order_by("-starts_at", "pk"))


def _judged(
    session: Session, mark: Mark, stands: str, by: User | None, at: datetime
) -> AttendanceMark:
    outcome = MarkOutcome.APPLIED
    if mark.status == stands and mark.made_up_in is None:
        outcome = MarkOutcome.SAME
    elif mark.seen is not None and mark.seen != stands:
        outcome = MarkOutcome.CLASH
    return AttendanceMark(
        key=mark.key,
        session=session,
        participant_id=mark.participant,
        status=mark.status,
        seen=stands if mark.seen is None else mark.seen,
        source=mark.source,
        made_up_in_id=mark.made_up_in,
        outcome=outcome,
        marked_at=mark.marked_at or at,
        recorded_at=at,
        recorded_by=by,
    )


def _apply(
    session: Session, changed: Mapping[int, Mark], by: User | None, at: datetime
) -> None:
    cleared = [pk for pk, mark in changed.items() if not mark.status]
    if cleared:
        Attendance.objects.filter(session=session, participant__in=cleared).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                session=session,
                participant_id=pk,
                status=mark.status,
                source=mark.source,
                made_up_in_id=mark.made_up_in,
                recorded_at=at,
                recorded_by=by,
            )
            for pk, mark in changed.items()
            if mark.status
        ],
        update_conflicts=True,
        unique_fields=["session", "participant"],
        update_fields=["status", "source", "made_up_in", "recorded_at", "recorded_by"],
    )
