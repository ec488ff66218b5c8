"""A whole run is called off or put off for a reason that is shown, its sessions with it;
new dates bring a run back that was put off. Once it has begun, sessions are called off one
by one: whoever came to the first did take part.

Everything here may be part of a caller's transaction, which tells the applicants.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.change_words import run_words
from courses.domain.changes import record_difference
from courses.domain.refusals import (
    ReasonMissing,
    RunAlreadyCancelled,
    RunAlreadyPostponed,
    RunHasBegun,
)
from courses.domain.revision import revised
from courses.domain.sessions import cancel_session, lock_as, postpone_session
from courses.enums import ChangeAct, RunState, SessionState
from courses.models import CourseRun, Session
from courses.models.querysets import HELD

Act = Callable[..., Session]


def cancel_run(*, run: CourseRun, reason: str, by: User, at: datetime) -> CourseRun:
    """Raises: NotAllowed, ReasonMissing, RunAlreadyCancelled, RunHasBegun."""
    with transaction.atomic():
        fresh = _lock(run, reason, by, at)
        open_states = (*HELD, SessionState.POSTPONED)
        with revised(fresh.sessions.all(), at=at):
            _each_session(fresh, open_states, cancel_session, reason, by, at)
            _set_state(fresh, RunState.CANCELLED, reason, by, at, ChangeAct.CANCELLED)
    return fresh


def postpone_run(*, run: CourseRun, reason: str, by: User, at: datetime) -> CourseRun:
    """Without new dates yet. Raises: as above, and RunAlreadyPostponed."""
    with transaction.atomic():
        fresh = _lock(run, reason, by, at)
        if fresh.state == RunState.POSTPONED:
            raise RunAlreadyPostponed
        with revised(fresh.sessions.all(), at=at):
            _each_session(fresh, HELD, postpone_session, reason, by, at)
            _set_state(fresh, RunState.POSTPONED, reason, by, at, ChangeAct.POSTPONED)
    return fresh


def resume_run(*, run: CourseRun, by: User, at: datetime) -> CourseRun:
    """A run that was put off is announced again; its sessions get their new dates by
    being edited, and are held from then on."""
    with transaction.atomic():
        fresh = lock_as(by, run.pk)
        if fresh.state == RunState.POSTPONED:
            with revised(fresh.sessions.all(), at=at):
                _set_state(fresh, RunState.ANNOUNCED, "", by, at, ChangeAct.REINSTATED)
    return fresh


def has_begun(run: CourseRun, *, at: datetime) -> bool:
    return run.sessions.held().filter(starts_at__lte=at).exists()


def _lock(run: CourseRun, reason: str, by: User, at: datetime) -> CourseRun:
    if not reason.strip():
        raise ReasonMissing
    fresh = lock_as(by, run.pk)
    if fresh.state == RunState.CANCELLED:
        raise RunAlreadyCancelled
    if has_begun(fresh, at=at):
        raise RunHasBegun
    return fresh


def _each_session(
    run: CourseRun,
    states: tuple[SessionState, ...],
    act: Act,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    for session in run.sessions.upcoming(at).filter(state__in=states):
        act(session=session, reason=reason, by=by, at=at)


def _set_state(
    run: CourseRun, state: RunState, note: str, by: User, at: datetime, act: ChangeAct
) -> None:
    before = run_words(run, at=at)
    run.state, run.state_note = state, note.strip()[:200]
    run.save(update_fields=["state", "state_note"])
    after = run_words(run, at=at)
    record_difference(subject=run, before=before, after=after, by=by, at=at, act=act)
