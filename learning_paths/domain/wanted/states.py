"""A wish to learn moves by this table only, and each move leaves its line."""

from accounts.domain.locking import require_transaction
from accounts.domain.state_table import StateTable
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
    require_transaction("lock_request")
    return LearningRequest.objects.select_for_update(no_key=True).get(pk=pk)


TABLE = StateTable[State, LearningRequest, RequestMove](
    MOVES, line=RequestMove, of="request", refusal=NoSuchStep
)
begin, move_request = TABLE.begin, TABLE.move
