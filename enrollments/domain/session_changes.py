"""A session that is called off, or made up for, is told to everybody it was for."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.locking import lock_run
from courses.domain.session_plans import SessionPlan
from courses.domain.sessions import add_session, cancel_session, reinstate_session
from courses.enums import RunState, SessionState
from courses.models import Session
from enrollments.domain.changed import Changed
from enrollments.domain.gathering import tell_of_changes
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.refusals import NothingToMakeUp, RunNotHeld
from enrollments.domain.run_changes import people_in
from enrollments.enums import ApplicationState as State
from enrollments.models.querysets import ApplicationQuerySet


def affected_by(session: Session) -> ApplicationQuerySet:
    """Those who have a place or may still get one, by order, draw or screening; where
    one session was chosen, those who chose it."""
    people = people_in(session.run)
    if session.run.chooses_session:
        return people.filter(pool__session=session)
    return people


def cancel_session_and_tell(
    *, session: Session, reason: str, by: User, at: datetime
) -> Session:
    """Cancel and write the messages in one transaction. Whoever had chosen this session
    has nothing left to come to, so their application ends.

    Raises: the refusals of `courses.domain.sessions.cancel_session`.
    """
    with transaction.atomic():
        lock_run(session.run_id)
        cancelled = cancel_session(session=session, reason=reason, by=by, at=at)
        people = list(affected_by(cancelled))
        if cancelled.run.chooses_session:
            moves = [Move(one, State.CANCELLED, reason, tell=False) for one in people]
            move_together(moves=moves, by=by, at=at)
        changes = [Changed(cancelled, cancelled.starts_at)]
        tell_of_changes(changes=changes, people=people, at=at)
    return cancelled


def reinstate_and_tell(*, session: Session, by: User, at: datetime) -> Session:
    """Held after all. Whoever was not told yet that it is called off is told nothing; an
    application that ended with the session stays ended.

    Raises: RunNotHeld, SessionMadeUp, and the refusals of
    `courses.domain.sessions.reinstate_session`.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        if run.state != RunState.ANNOUNCED:
            raise RunNotHeld
        held = reinstate_session(session=session, by=by, at=at)
        changes = [Changed(held, held.starts_at, reinstated=True)]
        tell_of_changes(changes=changes, people=affected_by(held), at=at)
    return held


def make_up_for(*, session: Session, plan: SessionPlan, by: User, at: datetime) -> Session:
    """Another session (補講) for one that was called off, told together with that where
    its message has not left yet.

    Raises: NothingToMakeUp, and those of `courses.domain.sessions.add_session`.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        fresh = run.sessions.get(pk=session.pk)
        if fresh.state != SessionState.CANCELLED or run.chooses_session:
            raise NothingToMakeUp
        added = add_session(run=run, plan=plan, makes_up=fresh, by=by, at=at)
        changes = [Changed(added, None, makes_up=fresh.number)]
        tell_of_changes(changes=changes, people=people_in(run), at=at)
    return added
