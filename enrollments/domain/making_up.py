"""Whoever has a place in another run of the same course may come to a session instead of
one of their own (振替); the mark stands with the session that is missed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.attendance import Mark, write_marks
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.domain.door import DoorRow
from enrollments.domain.own_sessions import sessions_of
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import ApplicationState, AttendanceStatus, MarkSource
from enrollments.models import Attendance, AttendanceMark, Participant

# Whoever was here three years ago is not meant when a name is typed.
YEARS_BACK = 1
MOST_FOUND = 30


@dataclass(frozen=True)
class Missed:
    """One of the person's own sessions that the visit may stand for; `status` is how it
    is marked, `is_likely` the one to offer first."""

    session: Session
    status: str
    is_likely: bool

    @property
    def label(self) -> str:
        return str(AttendanceStatus(self.status).label) if self.status else ""


def may_come_from_elsewhere(session: Session) -> QuerySet[Participant]:
    """Everybody with a place in another run of the course, this year's or last year's."""
    return (
        Participant.objects.filter(
            application__run__course=session.run.course_id,
            application__run__fiscal_year__gte=session.run.fiscal_year - YEARS_BACK,
            application__state=ApplicationState.ACCEPTED,
        )
        .exclude(application__run=session.run_id)
        .select_related("application__run__course", "application__pool")
        .order_by("family_name_kana", "given_name_kana", "pk")
    )


def found_elsewhere(session: Session, query: str) -> list[Participant]:
    """By the beginning of the reading, as at the door; nobody without a word."""
    if not query.strip():
        return []
    people = may_come_from_elsewhere(session)
    found = [one for one in people if DoorRow(one, "").is_called(query)]
    return found[:MOST_FOUND]


def came_from_elsewhere(session: Session) -> list[Attendance]:
    """Who has come here instead, in one query."""
    rows = Attendance.objects.filter(made_up_in=session)
    return list(
        rows.select_related("participant", "session__run__course").order_by(
            "participant__family_name_kana", "participant__given_name_kana", "pk"
        )
    )


def sessions_missed(person: Participant, session: Session) -> list[Missed]:
    """Their own sessions to which they have not come; of these the one of the same number
    is likely, else the nearest. In two queries."""
    stands = dict(
        Attendance.objects.filter(participant=person).values_list("session", "status")
    )
    own = sessions_of([person.application]).held().order_by("starts_at", "pk")
    left = [one for one in own if stands.get(one.pk, "") not in HAVE_COME]
    likely = min(left, key=lambda one: _distance(one, session), default=None)
    return [Missed(one, stands.get(one.pk, ""), one is likely) for one in left]


def _distance(own: Session, here: Session) -> tuple[bool, float]:
    apart = abs((own.starts_at - here.starts_at).total_seconds())
    return own.number != here.number, apart


def make_up_here(
    *,
    session: Session,
    participant: Participant,
    missed: int,
    seen: str,
    by: User,
    at: datetime,
) -> AttendanceMark:
    """The person came to `session` instead of `missed`, one of their own.

    Raises: NotAllowed, NotOnTheList, NotMadeUpThere, SessionNotHeld, SessionNotStarted.
    """
    with transaction.atomic():
        run = lock_run(participant.application.run_id)
        require_section(by, run.course.department)
        if not run.sessions.filter(pk=missed).exists():
            raise NotOnTheList
        mark = Mark(
            participant=participant.pk,
            status=AttendanceStatus.MADE_UP,
            seen=seen,
            source=MarkSource.DOOR,
            made_up_in=session.pk,
        )
        (row,) = write_marks(run=run, session=missed, marks=[mark], by=by, at=at)
    return row


def take_back(*, session: Session, participant: int, by: User, at: datetime) -> None:
    """It was somebody else: nothing is recorded of the session that was to be made up.

    Raises: NotAllowed, NotOnTheList.
    """
    found = Attendance.objects.filter(made_up_in=session, participant=participant)
    with transaction.atomic():
        run_of = found.values_list("session__run", flat=True).first()
        if run_of is None:
            raise NotOnTheList
        run = lock_run(run_of)
        require_section(by, run.course.department)
        for missed in list(found.values_list("session", flat=True)):
            mark = Mark(participant, "", source=MarkSource.DOOR)
            write_marks(run=run, session=missed, marks=[mark], by=by, at=at)
