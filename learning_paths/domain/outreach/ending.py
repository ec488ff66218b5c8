"""What was arranged is held, and noted with how many came; or it is called off for a
reason, with its run."""

from datetime import datetime

from django.db import transaction

from accounts.domain.refusal import given
from accounts.models import User
from courses.enums import RunState
from enrollments.domain.calling_off import cancel_run_and_tell
from learning_paths.domain.outreach.refusals import NotYetHeld, ReasonMissing
from learning_paths.domain.outreach.states import (
    lock_for_section,
    lock_outreach,
    move_outreach,
    require_step,
)
from learning_paths.domain.outreach.telling import session_of, tell_move
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachRequest


def note_held(
    *, request: OutreachRequest, people_came: int, by: User, at: datetime
) -> OutreachRequest:
    """Raises: NotAllowed (another section), NoSuchStep, NotYetHeld."""
    with transaction.atomic():
        fresh = lock_for_section(request, by)
        require_step(fresh, State.DONE)
        session = session_of(fresh)
        if session is None or session.ends_at > at:
            raise NotYetHeld
        fresh.people_came = people_came
        move_outreach(fresh, State.DONE, by=by, at=at)
    return fresh


def cancel_outreach(
    *, request: OutreachRequest, why: str, by: User, at: datetime
) -> OutreachRequest:
    """By the section, also when the group cannot after all. The run is called off with it.

    Raises: NotAllowed (another section), ReasonMissing, NoSuchStep, RunHasBegun.
    """
    why = given(why, ReasonMissing)
    with transaction.atomic():
        fresh = lock_for_section(request, by)
        require_step(fresh, State.CANCELLED)
        assert fresh.run is not None
        if fresh.run.state != RunState.CANCELLED:
            cancel_run_and_tell(run=fresh.run, reason=why[:200], by=by, at=at)
        _end(fresh, why, by=by, at=at)
    return fresh


def follow_run(*, request: OutreachRequest, at: datetime) -> bool:
    """The run was called off on its own page: the request ends with it, and the group is
    told. Returns whether it did."""
    with transaction.atomic():
        fresh = lock_outreach(request.pk)
        run = fresh.run
        if fresh.state != State.ACCEPTED or run is None:
            return False
        if run.state != RunState.CANCELLED:
            return False
        _end(fresh, run.state_note, by=None, at=at)
    return True


def _end(request: OutreachRequest, why: str, *, by: User | None, at: datetime) -> None:
    request.answer = why
    move = move_outreach(request, State.CANCELLED, by=by, at=at, why=why)
    tell_move(request, move, at=at)
