"""While the section shows it and the session is near, the number on the wall, which
changes every minute, lets those who hold a place note themselves present."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.contact import tidy_digits
from accounts.domain.rate_limit import count_attempt
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.attendance import Mark, write_marks
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.domain.refusals import (
    DoorNotOpen,
    NotOnTheList,
    SessionNotHeld,
    WrongDoorNumber,
)
from enrollments.enums import ApplicationState, AttendanceStatus, MarkSource
from enrollments.models import Application, Attendance, AttendanceMark, DoorKey

WINDOW = 60
DIGITS = 6
BEFORE = timedelta(hours=1)
AFTER = timedelta(minutes=30)
# What an officer has noted of somebody is not undone by the person's own number.
MAY_BE_REPLACED = frozenset({"", AttendanceStatus.EXCUSED})


def open_door(*, session: Session, by: User, at: datetime) -> DoorKey:
    """A secret of its own each time: what was shown before is worth nothing.

    Raises: NotAllowed, SessionNotHeld.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        if not run.sessions.get(pk=session.pk).is_held:
            raise SessionNotHeld
        facts = {"secret": secrets.token_hex(32), "opened_at": at, "opened_by": by}
        key, _new = DoorKey.objects.update_or_create(
            session=session, defaults={**facts, "closed_at": None}
        )
    return key


def close_door(*, session: Session, by: User, at: datetime) -> None:
    """Raises: NotAllowed."""
    with transaction.atomic():
        require_section(by, lock_run(session.run_id).course.department)
        DoorKey.objects.filter(session=session, closed_at=None).update(closed_at=at)


def open_key(session: Session, *, at: datetime) -> DoorKey | None:
    """The key that is shown now; none once it is closed, or far from the session."""
    found = DoorKey.objects.filter(session=session, closed_at=None, opened_at__lte=at)
    return found.first() if is_near(session, at=at) and session.is_held else None


def is_near(session: Session, *, at: datetime) -> bool:
    return bool(session.starts_at - BEFORE <= at <= session.ends_at + AFTER)


def number_now(key: DoorKey, *, at: datetime) -> str:
    return _number(key, int(at.timestamp()) // WINDOW)


def seconds_left(*, at: datetime) -> int:
    return WINDOW - int(at.timestamp()) % WINDOW


def note_own_presence(
    *,
    application: Application,
    session: Session,
    participants: Iterable[int],
    number: str,
    by: User | None,
    at: datetime,
) -> list[AttendanceMark]:
    """By whoever holds the application's link, or the account behind it.

    Raises: TooManyRequests, DoorNotOpen, WrongDoorNumber, NotOnTheList.
    """
    count_attempt(rule="door_number", who=f"application:{application.pk}", at=at)
    with transaction.atomic():
        run = lock_run(session.run_id)
        key = open_key(run.sessions.get(pk=session.pk), at=at)
        if key is None:
            raise DoorNotOpen
        if not _is_right(key, number, at):
            raise WrongDoorNumber
        people = _people_of(application, participants)
        stands = dict(
            Attendance.objects.filter(session=session, participant__in=people).values_list(
                "participant", "status"
            )
        )
        marks = [_mark(pk, stands.get(pk, "")) for pk in people]
        return write_marks(run=run, session=session.pk, marks=marks, by=by, at=at)


def _people_of(application: Application, participants: Iterable[int]) -> list[int]:
    fresh = Application.objects.get(pk=application.pk)
    own = set(fresh.participants.values_list("pk", flat=True))
    wanted = sorted(set(participants))
    accepted = fresh.state == ApplicationState.ACCEPTED
    if not wanted or not accepted or not own.issuperset(wanted):
        raise NotOnTheList
    return wanted


def _mark(participant: int, stands: str) -> Mark:
    status = stands if stands in HAVE_COME else AttendanceStatus.PRESENT
    seen = stands if stands in MAY_BE_REPLACED else ""
    return Mark(
        participant=participant, status=status, seen=seen, source=MarkSource.OWN_CODE
    )


def _is_right(key: DoorKey, number: str, at: datetime) -> bool:
    """Of this minute or the one before: reading and typing take their time."""
    window = int(at.timestamp()) // WINDOW
    typed = tidy_digits(number)
    right = (_number(key, window), _number(key, window - 1))
    return any(secrets.compare_digest(typed, one) for one in right)


def _number(key: DoorKey, window: int) -> str:
    digest = hmac.digest(key.secret.encode(), str(window).encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"
