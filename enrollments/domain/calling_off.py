"""A run is called off or put off in one act: sessions, applications, open offers and one
message to everybody who has a place or may still get one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain import calling_off
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.changed import Changed
from enrollments.domain.gathering import tell_of_run
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.run_changes import people_in
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application

PUT_OFF = "延期のため、ご案内を取り下げました"


def cancel_run_and_tell(
    *, run: CourseRun, reason: str, by: User, at: datetime
) -> list[Application]:
    """Everybody's application ends, and offers are taken back. Returns who was told.

    Raises: the refusals of `courses.domain.calling_off.cancel_run`.
    """
    with transaction.atomic():
        lock_run(run.pk)
        calling_off.cancel_run(run=run, reason=reason, by=by, at=at)
        people = list(people_in(run))
        moves = [Move(one, State.CANCELLED, reason, tell=False) for one in people]
        move_together(moves=moves, by=by, at=at)
        tell_of_run(kind=MessageKind.RUN_CANCELLED, people=people, why=reason, at=at)
    return people


def postpone_run_and_tell(
    *, run: CourseRun, reason: str, by: User, at: datetime
) -> list[Application]:
    """Places and the order of the line are kept; whoever had to answer an offer waits
    again, as nobody can say yes to a day that is not known.

    Raises: the refusals of `courses.domain.calling_off.postpone_run`.
    """
    with transaction.atomic():
        lock_run(run.pk)
        formerly = _known_dates(run)
        calling_off.postpone_run(run=run, reason=reason, by=by, at=at)
        people = list(people_in(run))
        asked = [one for one in people if one.state == State.OFFERED]
        moves = [Move(one, State.WAITING, PUT_OFF, tell=False) for one in asked]
        move_together(moves=moves, by=by, at=at)
        tell_of_run(
            kind=MessageKind.RUN_POSTPONED,
            people=people,
            why=reason,
            at=at,
            formerly=formerly,
        )
    return people


def _known_dates(run: CourseRun) -> Sequence[Changed]:
    """So that new dates, told before this message has left, are told with the old."""
    held = run.sessions.held().order_by("starts_at", "pk")
    return [Changed(session, session.starts_at) for session in held]
