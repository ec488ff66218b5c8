"""Sessions are added, moved and called off, never deleted once people may rely on them;
each change that a subscriber sees raises the revision.

Only staff of the course's section may (NotAllowed). Everything here may be part of a
caller's transaction: the layer above writes the messages to applicants in the same one.
"""

import logging
from collections.abc import Iterable, Mapping, Set
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.change_words import session_words
from courses.domain.changes import record_change, record_difference
from courses.domain.locking import lock_run
from courses.domain.places_told import places_told
from courses.domain.refusals import (
    ReasonMissing,
    SessionAlreadyCancelled,
    SessionAlreadyPostponed,
    SessionInThePast,
    SessionIsHeld,
    SessionIsOver,
    SessionMadeUp,
)
from courses.domain.revision import revise_sessions, revised
from courses.domain.rooms import require_free_room
from courses.domain.session_plans import SessionPlan
from courses.domain.teaching import (
    Lineup,
    leave,
    line_up,
    lineup_of,
    take_over,
    wanted_for,
)
from courses.enums import ChangeAct, RunState, SessionState
from courses.models import CourseRun, Session
from courses.models.querysets import CALLED_OFF

logger = logging.getLogger(__name__)
ACTS = {
    SessionState.CANCELLED: ChangeAct.CANCELLED,
    SessionState.POSTPONED: ChangeAct.POSTPONED,
}
TIMES = frozenset({"starts_at", "ends_at", "is_all_day"})


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


def add_session(
    *,
    run: CourseRun,
    plan: SessionPlan,
    by: User,
    at: datetime,
    makes_up: Session | None = None,
) -> Session:
    """The next session of a run; the others' 「全m回」 grows, so they are revised too.
    `makes_up` is the one of the run that it stands in for.

    Raises: EndsBeforeStart, RoomElsewhere, RoomTaken, InstructorTaken.
    """
    plan.check()
    with transaction.atomic():
        locked = lock_as(by, run.pk)
        wanted = wanted_for(plan, course=locked.course, kept=None)
        lineup = dict.fromkeys(wanted, "")
        if locked.state not in CALLED_OFF:
            require_free_room(plan.room, plan.starts_at, plan.ends_at, at=at)
            lineup = line_up(
                wanted,
                plan.starts_at,
                plan.ends_at,
                kept={},
                reason=plan.override_reason,
                at=at,
            )
        last = locked.sessions.aggregate(Max("number"))["number__max"] or 0
        with revised(locked.sessions.all(), at=at):
            session = Session.objects.create(
                run=locked,
                number=last + 1,
                makes_up=makes_up,
                created_at=at,
                revised_at=at,
                **plan.columns(),
            )
        take_over(session, lineup)
        record_change(subject=session, act=ChangeAct.MADE, by=by, at=at)
    log_act("added", session, by)
    return session


def edit_session(*, session: Session, plan: SessionPlan, by: User, at: datetime) -> Session:
    """Take over what was entered. Another start makes an announced session 「日時変更」,
    keeping the time first announced; going back to that time undoes it. Another place
    makes it 「会場変更」 in the same way.

    Raises: EndsBeforeStart, RoomElsewhere, RoomTaken, InstructorTaken,
    SessionAlreadyCancelled, SessionIsOver, SessionInThePast.
    """
    plan.check()
    with transaction.atomic():
        run = lock_as(by, session.run_id)
        fresh = Session.objects.get(pk=session.pk)
        columns = plan.columns()
        changed = {name for name, value in columns.items() if getattr(fresh, name) != value}
        kept = lineup_of(fresh)
        wanted = wanted_for(plan, course=run.course, kept=kept)
        if not changed and wanted == set(kept) and not plan.override_reason:
            return fresh
        if fresh.state == SessionState.CANCELLED:
            raise SessionAlreadyCancelled
        if changed & TIMES and was_announced(run):
            _require_future(fresh, plan, at)
        before = session_words(fresh, at=at)
        if "starts_at" in changed:
            _mark_moved(fresh, plan.starts_at, was_announced(run))
        lineup = _book_again(fresh, run, plan, changed, kept, wanted, at)
        leave(fresh, lineup)
        if changed:
            _save_changes(fresh, columns, changed, at)
        take_over(fresh, lineup)
        after = session_words(fresh, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
    log_act("edited", fresh, by)
    return fresh


def _book_again(
    session: Session,
    run: CourseRun,
    plan: SessionPlan,
    changed: Set[str],
    kept: Lineup,
    wanted: Set[int],
    at: datetime,
) -> Lineup:
    """Room and people for what changes; what stays is not asked about again. A session
    or run that is called off takes neither. Raises: RoomTaken, InstructorTaken."""
    if not session.is_held or run.state in CALLED_OFF:
        return {pk: kept.get(pk, "") for pk in wanted}
    when = (plan.starts_at, plan.ends_at)
    if changed & (TIMES | {"room_id"}):
        require_free_room(plan.room, *when, at=at, but=session)
    if not changed & TIMES and wanted == set(kept) and not plan.override_reason:
        return kept
    still = {} if changed & TIMES else kept
    reason = plan.override_reason
    return line_up(wanted, *when, kept=still, reason=reason, but=session, at=at)


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

    Raises: SessionIsHeld, SessionIsOver, SessionMadeUp, RoomTaken, InstructorTaken.
    """
    with transaction.atomic():
        run = lock_as(by, session.run_id)
        fresh = Session.objects.select_related("venue", "room").get(pk=session.pk)
        if fresh.is_held:
            raise SessionIsHeld
        if fresh.ends_at <= at:
            raise SessionIsOver
        if any(one.is_held for one in fresh.made_up_by.all()):
            raise SessionMadeUp
        if run.state not in CALLED_OFF:
            require_free_room(fresh.room, fresh.starts_at, fresh.ends_at, at=at, but=fresh)
            kept = lineup_of(fresh)
            line_up(set(kept), fresh.starts_at, fresh.ends_at, kept=kept, but=fresh, at=at)
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


def _save_changes(
    session: Session, columns: Mapping[str, object], changed: Set[str], at: datetime
) -> None:
    """A session that makes up for this one names its date, so it is revised as well."""
    for name, value in columns.items():
        setattr(session, name, value)
    with places_told(Session.objects.filter(pk=session.pk), at=at):
        _save_revised(session, at, [*columns, "state", "state_note", "former_starts_at"])
    session.refresh_from_db(fields=["former_place"])
    if changed & TIMES:
        revise_sessions(session.made_up_by.all(), at=at)


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
