"""Where two people marked somebody differently, both marks are shown and one press of
the section decides; the mark that lost stays in the trace."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.attendance import Mark, write_marks
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import MarkOutcome, MarkSource
from enrollments.models import Attendance, AttendanceMark


@dataclass(frozen=True)
class Clash:
    """The mark that waits, and how it stands; `stands` is none where it was cleared."""

    mark: AttendanceMark
    stands: Attendance | None


def clashes_shown(session: Session) -> list[Clash]:
    """What waits for a decision, the oldest first, in two queries."""
    rows = AttendanceMark.objects.filter(session=session, outcome=MarkOutcome.CLASH)
    marks = list(rows.select_related("participant", "recorded_by"))
    people = [mark.participant_id for mark in marks]
    found = Attendance.objects.filter(session=session, participant__in=people)
    stands = {one.participant_id: one for one in found.select_related("recorded_by")}
    return [Clash(mark, stands.get(mark.participant_id)) for mark in marks]


def settle_clash(*, mark: AttendanceMark, take: bool, by: User, at: datetime) -> None:
    """`take` puts the mark in the place of what stands. Settled already: nothing.

    Raises: NotAllowed, NotOnTheList, and as `write_marks`.
    """
    with transaction.atomic():
        run = lock_run(mark.session.run_id)
        require_section(by, run.course.department)
        fresh = AttendanceMark.objects.filter(pk=mark.pk).first()
        if fresh is None:
            raise NotOnTheList
        if fresh.outcome != MarkOutcome.CLASH:
            return
        AttendanceMark.objects.filter(pk=fresh.pk).update(
            outcome=MarkOutcome.SETTLED, settled_at=at, settled_by=by
        )
        if take:
            chosen = Mark(
                participant=fresh.participant_id,
                status=fresh.status,
                source=MarkSource(fresh.source),
                marked_at=fresh.marked_at,
                made_up_in=fresh.made_up_in_id,
            )
            write_marks(run=run, session=fresh.session_id, marks=[chosen], by=by, at=at)
