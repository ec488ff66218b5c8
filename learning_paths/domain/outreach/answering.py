"""The section proposes other dates until a day, or says why it cannot come; the requester
says that none suits, or takes the request back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.refusal import given
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from learning_paths.domain.outreach.asking import ANSWERS_WITHIN
from learning_paths.domain.outreach.dates import (
    next_round,
    require_to_come,
    require_wishable,
    write_round,
)
from learning_paths.domain.outreach.refusals import ReasonMissing
from learning_paths.domain.outreach.states import (
    lock_for_section,
    lock_outreach,
    move_outreach,
    require_step,
)
from learning_paths.domain.outreach.telling import tell, tell_move
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachRequest

CHOOSES_WITHIN = timedelta(days=7)


def propose_dates(
    *,
    request: OutreachRequest,
    starts: Sequence[datetime],
    words: str,
    by: User,
    at: datetime,
) -> OutreachRequest:
    """Raises: NotAllowed (another section), NoSuchStep, DateMissing, SameDateTwice,
    DateIsOver."""
    with transaction.atomic():
        fresh = lock_for_section(request, by)
        require_step(fresh, State.PROPOSED)
        require_to_come(starts, at=at)
        write_round(fresh, starts, number=next_round(fresh), offered_by=by)
        # Nobody can choose a day that is over.
        fresh.choose_by = min(at + CHOOSES_WITHIN, max(starts))
        fresh.answer = words.strip()
        move = move_outreach(fresh, State.PROPOSED, by=by, at=at, why=fresh.answer)
        tell_move(fresh, move, at=at)
    return fresh


def decline_outreach(
    *, request: OutreachRequest, why: str, by: User, at: datetime
) -> OutreachRequest:
    """Raises: NotAllowed (another section), ReasonMissing, NoSuchStep."""
    why = given(why, ReasonMissing)
    with transaction.atomic():
        fresh = lock_for_section(request, by)
        fresh.answer, fresh.choose_by = why, None
        move = move_outreach(fresh, State.DECLINED, by=by, at=at, why=why)
        tell_move(fresh, move, at=at)
    return fresh


def wish_other_dates(
    *,
    request: OutreachRequest,
    starts: Sequence[datetime],
    message: str,
    by: User | None,
    at: datetime,
) -> OutreachRequest:
    """By the requester, whom none of the proposed dates suits.

    Raises: NoSuchStep, and those of `require_wishable`.
    """
    with transaction.atomic():
        fresh = lock_outreach(request.pk)
        require_step(fresh, State.RECEIVED)
        require_wishable(fresh.entry, starts, at=at)
        write_round(fresh, starts, number=next_round(fresh), offered_by=None)
        fresh.choose_by = None
        fresh.answer_by = at.astimezone(TOKYO).date() + ANSWERS_WITHIN
        fresh.message = message.strip() or fresh.message
        move = move_outreach(fresh, State.RECEIVED, by=by, at=at)
        tell(fresh, "outreach_received", once=f"move:{move.pk}", at=at)
    return fresh


def withdraw_outreach(
    *, request: OutreachRequest, by: User | None, at: datetime
) -> OutreachRequest:
    """By the requester, before anything is arranged. Raises: NoSuchStep."""
    with transaction.atomic():
        fresh = lock_outreach(request.pk)
        fresh.choose_by = None
        move = move_outreach(fresh, State.WITHDRAWN, by=by, at=at)
        tell_move(fresh, move, at=at)
    return fresh
