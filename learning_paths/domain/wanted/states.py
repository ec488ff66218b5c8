"""A wish to learn moves by this table only, and each move leaves its line."""

from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from learning_paths.domain.wanted.refusals import NoSuchStep
from learning_paths.enums import RequestState as State
from learning_paths.models import LearningRequest, RequestMove

ANSWERS = (State.CONSIDERING, State.PLANNED, State.NOT_POSSIBLE)
MOVES: dict[State, frozenset[State]] = {
    State.UNCONFIRMED: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.RECEIVED: frozenset({State.OPEN, State.DECLINED, State.MERGED, State.WITHDRAWN}),
    State.OPEN: frozenset({*ANSWERS, State.MERGED, State.WITHDRAWN}),
    # An answer may be followed by another, or be given once more in other words.
    State.CONSIDERING: frozenset({*ANSWERS, State.MERGED, State.WITHDRAWN}),
    State.PLANNED: frozenset(ANSWERS),
    State.NOT_POSSIBLE: frozenset(ANSWERS),
    State.DECLINED: frozenset({State.OPEN}),
    State.MERGED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# In these anybody may say わたしも.
TAKES_VOICES = (State.OPEN, State.CONSIDERING)


def lock_request(pk: int) -> LearningRequest:
    """Read again under a lock. Raises: TransactionManagementError outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lock_request needs a transaction")
    return LearningRequest.objects.select_for_update(no_key=True).get(pk=pk)


def begin(request: LearningRequest, *, by: User | None, at: datetime) -> None:
    RequestMove.objects.create(request=request, to_state=request.state, at=at, by=by)


def move_request(
    request: LearningRequest, to: State, *, by: User | None, at: datetime, why: str = ""
) -> RequestMove:
    """On the locked row, which the caller's other columns are saved with.

    Raises: NoSuchStep.
    """
    if to not in MOVES[State(request.state)]:
        raise NoSuchStep
    move = RequestMove.objects.create(
        request=request, from_state=request.state, to_state=to, at=at, by=by, why=why
    )
    request.state = to
    request.save()
    return move
