"""Marks that a device kept while it had no network are taken once each, at the moment
they were made by a clock put right, and one that cannot be taken keeps back no other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.attendance import Mark, roster_of, write_marks
from enrollments.models import AttendanceMark

# A mark is never older than this before its session: the clock was changed meanwhile.
LONGEST_BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class Taken:
    """`row` is none for somebody who is no longer on the list."""

    key: UUID
    row: AttendanceMark | None


def receive_marks(
    *,
    session: Session,
    marks: Sequence[Mark],
    sent_at: datetime,
    by: User,
    at: datetime,
) -> list[Taken]:
    """`sent_at` is the moment of sending by the device's clock.

    Raises: NotAllowed, SessionNotHeld, SessionNotStarted.
    """
    earliest = session.starts_at - LONGEST_BEFORE
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        there = {person.pk for person in roster_of(session)}
        wanted = [
            replace(mark, marked_at=put_right(mark.marked_at or at, sent_at, at, earliest))
            for mark in marks
            if mark.participant in there
        ]
        rows = write_marks(run=run, session=session.pk, marks=wanted, by=by, at=at)
    written = {mark.key: row for mark, row in zip(wanted, rows, strict=True)}
    return [Taken(mark.key, written.get(mark.key)) for mark in marks]


def put_right(
    marked: datetime, sent: datetime, at: datetime, earliest: datetime
) -> datetime:
    """A clock that is wrong is as wrong when it sends: what counts is how long ago."""
    return min(max(at - (sent - marked), earliest), at)
