"""Whoever shows the code of their receipt at the door is present at once; a receipt of
something else is answered with what it is for."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts.domain.sections import require_section, works_for
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun, Session
from enrollments.domain.attendance import Mark, write_marks
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.enums import ApplicationState, AttendanceStatus, DoorAnswer, MarkSource
from enrollments.models import Attendance, Participant


@dataclass(frozen=True)
class Arrival:
    """`elsewhere` says what the receipt is for, where it is not for this session."""

    answer: DoorAnswer
    person: Participant | None = None
    elsewhere: str = ""


def tidy_code(text: str) -> str:
    """Letters and digits only, as they stand on the receipt: ａｂ２３-… → AB23…."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())


def shown_code(code: str) -> str:
    """In groups of four, to be read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def arrive(
    *, session: Session, code: str, by: User, at: datetime, key: UUID | None = None
) -> Arrival:
    """Raises: NotAllowed, SessionNotHeld, SessionNotStarted."""
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        person = (
            Participant.objects.select_related(
                "application__run__course__department", "application__pool__session"
            )
            .filter(door_code=tidy_code(code))
            .first()
        )
        if person is None:
            return Arrival(DoorAnswer.UNKNOWN)
        found = _elsewhere(session, run, person, by)
        return found or _come(session, run, person, key or uuid4(), by, at)


def _elsewhere(
    session: Session, run: CourseRun, person: Participant, by: User
) -> Arrival | None:
    """Other sections' receipts tell no more than what is public."""
    application = person.application
    other = application.run
    if other.pk != run.pk:
        same = other.course_id == run.course_id
        if same and application.state == ApplicationState.ACCEPTED:
            return _from_other_dates(session, person)
        own = works_for(by, other.course.department)
        title = str(other) if own or other.course.is_public else ""
        return Arrival(DoorAnswer.OTHER_RUN, person if own else None, title)
    if application.state != ApplicationState.ACCEPTED:
        state = ApplicationState(application.state)
        return Arrival(DoorAnswer.NO_PLACE, person, str(state.label))
    chosen = application.pool.session
    if chosen is not None and chosen.pk != session.pk:
        return Arrival(DoorAnswer.OTHER_SESSION, person, str(chosen.number))
    return None


def _from_other_dates(session: Session, person: Participant) -> Arrival:
    """Which session it stands for is for the officer to say, once."""
    here = Attendance.objects.filter(made_up_in=session, participant=person)
    if here.exists():
        return Arrival(DoorAnswer.ALREADY, person)
    return Arrival(DoorAnswer.OTHER_DATES, person, str(person.application.run))


def _come(
    session: Session,
    run: CourseRun,
    person: Participant,
    key: UUID,
    by: User,
    at: datetime,
) -> Arrival:
    found = Attendance.objects.filter(session=session, participant=person)
    stands = found.values_list("status", flat=True).first() or ""
    if stands in HAVE_COME:
        return Arrival(DoorAnswer.ALREADY, person)
    mark = Mark(
        participant=person.pk,
        status=AttendanceStatus.PRESENT,
        source=MarkSource.SCAN,
        key=key,
    )
    write_marks(run=run, session=session.pk, marks=[mark], by=by, at=at)
    return Arrival(DoorAnswer.CAME, person)
