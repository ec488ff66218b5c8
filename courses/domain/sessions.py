"""Sessions are added, moved and called off, never deleted once people may rely on them;
each change that a subscriber sees raises the revision.

Only staff of the course's section may (NotAllowed). Everything here may be part of a
caller's transaction: the layer above writes the messages to applicants in the same one.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.change_words import session_words
from courses.domain.changes import record_change, record_difference
from courses.domain.locking import lock_run
from courses.domain.refusals import (
    EndsBeforeStart,
    ReasonMissing,
    RoomElsewhere,
    SessionAlreadyCancelled,
    SessionAlreadyPostponed,
    SessionInThePast,
    SessionIsHeld,
    SessionIsOver,
)
from courses.domain.revision import revise_sessions
from courses.domain.rooms import require_free_room
from courses.enums import ChangeAct, RunState, SessionState
from courses.models import CourseRun, Room, Session, Venue

logger = logging.getLogger(__name__)
ACTS = {
    SessionState.CANCELLED: ChangeAct.CANCELLED,
    SessionState.POSTPONED: ChangeAct.POSTPONED,
}
TIMES = frozenset({"starts_at", "ends_at", "is_all_day"})


@dataclass(frozen=True)
class SessionPlan:
    """What an officer enters for a session; times are moments, `ends_at` exclusive."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    venue: Venue | None = None
    room: Room | None = None
    online_url: str = ""
    is_all_day: bool = False
    time_note: str = ""

    def check(self) -> None:
        """Raises: EndsBeforeStart, RoomElsewhere."""
        if self.ends_at <= self.starts_at:
            raise EndsBeforeStart
        if self.room and self.venue and self.room.venue_id != self.venue.pk:
            raise RoomElsewhere


def plan_of(session: Session) -> SessionPlan:
    """The plan that would leave a session as it is."""
    return SessionPlan(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        venue=session.venue,
        room=session.room,
        online_url=session.online_url,
        is_all_day=session.is_all_day,
        time_note=session.time_note,
    )


def log_act(act: str, session: Session, by: User) -> None:
    """Who did it, for the operator; accounts are numbers, not names."""
    logger.info("session %s %s by user %s", session.uid, act, by.pk)


def lock_as(by: User, run_pk: int) -> CourseRun:
    """The run under its lock, for staff of the section that owns the course.

    Raises: NotAllowed.
    """
    run = lock_run(run_pk)
    require_section(by, run.course.department)
    return run


def was_announced(run: CourseRun) -> bool:
    """Whether anybody outside may know the run's dates."""
    return run.course.published_at is not None and run.state != RunState.PLANNED


def add_session(*, run: CourseRun, plan: SessionPlan, by: User, at: datetime) -> Session:
    """The next session of a run; the others' 「全m回」 grows, so they are revised too.

    Raises: EndsBeforeStart, RoomElsewhere, RoomTaken.
    """
    plan.check()
    with transaction.atomic():
        locked = lock_as(by, run.pk)
        require_free_room(plan.room, plan.starts_at, plan.ends_at)
        last = locked.sessions.aggregate(Max("number"))["number__max"] or 0
        revise_sessions(locked.sessions.upcoming(at), at=at)
        session = Session.objects.create(
            run=locked, number=last + 1, created_at=at, revised_at=at, **_columns(plan)
        )
        record_change(subject=session, act=ChangeAct.MADE, by=by, at=at)
    log_act("added", session, by)
    return session


def edit_session(*, session: Session, plan: SessionPlan, by: User, at: datetime) -> Session:
    """Take over what was entered. Another start makes an announced session 「日時変更」,
    keeping the time first announced; going back to that time undoes it.

    Raises: EndsBeforeStart, RoomElsewhere, RoomTaken, SessionAlreadyCancelled,
    SessionIsOver, SessionInThePast.
    """
    plan.check()
    with transaction.atomic():
        run = lock_as(by, session.run_id)
        fresh = Session.objects.get(pk=session.pk)
        columns = _columns(plan)
        changed = {name for name, value in columns.items() if getattr(fresh, name) != value}
        if not changed:
            return fresh
        if fresh.state == SessionState.CANCELLED:
            raise SessionAlreadyCancelled
        if changed & TIMES and was_announced(run):
            _require_future(fresh, plan, at)
        if changed & (TIMES | {"room_id"}):
            require_free_room(plan.room, plan.starts_at, plan.ends_at, but=fresh)
        before = session_words(fresh, at=at)
        if "starts_at" in changed:
            _mark_moved(fresh, plan.starts_at, was_announced(run))
        for name, value in columns.items():
            setattr(fresh, name, value)
        _save_revised(fresh, at, [*columns, "state", "state_note", "former_starts_at"])
        after = session_words(fresh, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
    log_act("edited", fresh, by)
    return fresh


def move_session(
    *, session: Session, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> Session:
    """Another time at the same place. Raises as edit_session."""
    plan = replace(plan_of(session), starts_at=starts_at, ends_at=ends_at)
    return edit_session(session=session, plan=plan, by=by, at=at)


def change_place(
    *, session: Session, venue: Venue | None, room: Room | None, by: User, at: datetime
) -> Session:
    """Another place at the same time; no venue means the run's. Raises as edit_session."""
    plan = replace(plan_of(session), venue=venue, room=room)
    return edit_session(session=session, plan=plan, by=by, at=at)


def cancel_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Called off for a reason that is shown; the row and its UID stay for ever.

    Raises: ReasonMissing, SessionAlreadyCancelled, SessionIsOver.
    """
    with transaction.atomic():
        fresh = _lock_to_call_off(session, reason, by, at)
        _set_state(fresh, SessionState.CANCELLED, reason, by, at)
    log_act("cancelled", fresh, by)
    return fresh


def postpone_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Put off without a new date yet; moving it to one later ends the postponement.

    Raises: ReasonMissing, SessionAlreadyCancelled, SessionAlreadyPostponed,
    SessionIsOver.
    """
    with transaction.atomic():
        fresh = _lock_to_call_off(session, reason, by, at)
        if fresh.state == SessionState.POSTPONED:
            raise SessionAlreadyPostponed
        _set_state(fresh, SessionState.POSTPONED, reason, by, at)
    log_act("postponed", fresh, by)
    return fresh


def reinstate_session(*, session: Session, by: User, at: datetime) -> Session:
    """Held after all, at the time it had.

    Raises: SessionIsHeld, SessionIsOver, RoomTaken.
    """
    with transaction.atomic():
        lock_as(by, session.run_id)
        fresh = Session.objects.select_related("room").get(pk=session.pk)
        if fresh.is_held:
            raise SessionIsHeld
        if fresh.ends_at <= at:
            raise SessionIsOver
        require_free_room(fresh.room, fresh.starts_at, fresh.ends_at, but=fresh)
        moved = fresh.former_starts_at is not None
        state = SessionState.MOVED if moved else SessionState.SCHEDULED
        _set_state(fresh, state, "", by, at)
    log_act("reinstated", fresh, by)
    return fresh


def _lock_to_call_off(session: Session, reason: str, by: User, at: datetime) -> Session:
    if not reason.strip():
        raise ReasonMissing
    lock_as(by, session.run_id)
    fresh = Session.objects.select_related("run__course").get(pk=session.pk)
    if fresh.state == SessionState.CANCELLED:
        raise SessionAlreadyCancelled
    if fresh.ends_at <= at:
        raise SessionIsOver
    return fresh


def _set_state(
    session: Session, state: SessionState, note: str, by: User, at: datetime
) -> None:
    before = session_words(session, at=at)
    session.state = state
    session.state_note = note.strip()[:200]
    _save_revised(session, at, ["state", "state_note"])
    act, after = ACTS.get(state, ChangeAct.REINSTATED), session_words(session, at=at)
    record_difference(subject=session, before=before, after=after, by=by, at=at, act=act)


def _save_revised(session: Session, at: datetime, names: Iterable[str]) -> None:
    """The revision is counted by the database: a page published at the same moment
    raises it too."""
    revise_sessions(Session.objects.filter(pk=session.pk), at=at)
    session.save(update_fields=names)
    session.refresh_from_db(fields=["sequence", "revised_at"])


def _mark_moved(session: Session, starts_at: datetime, announced: bool) -> None:
    first = session.former_starts_at or session.starts_at
    session.state_note = ""
    if not announced or first == starts_at:
        session.state, session.former_starts_at = SessionState.SCHEDULED, None
    else:
        session.state, session.former_starts_at = SessionState.MOVED, first


def _require_future(session: Session, plan: SessionPlan, at: datetime) -> None:
    if session.ends_at <= at:
        raise SessionIsOver
    if plan.ends_at <= at:
        raise SessionInThePast


def _columns(plan: SessionPlan) -> dict[str, object]:
    return {
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "title": plan.title,
        "venue_id": plan.venue.pk if plan.venue else None,
        "room_id": plan.room.pk if plan.room else None,
        "online_url": plan.online_url,
        "is_all_day": plan.is_all_day,
        "time_note": plan.time_note,
    }
