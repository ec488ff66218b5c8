"""A request to an instructor changes state by this table only, and each change leaves its
line."""

from accounts.domain.locking import require_transaction
from accounts.domain.state_table import StateTable
from learning_paths.domain.instructor_requests.refusals import RequestMoveNotAllowed
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest, InstructorRequestMove

MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.FORWARDED, State.CLOSED, State.WITHDRAWN}),
    State.FORWARDED: frozenset(
        {State.ACCEPTED, State.DECLINED, State.EXPIRED, State.CLOSED, State.WITHDRAWN}
    ),
    # The city asks again, or somebody else of the register.
    State.DECLINED: frozenset({State.FORWARDED, State.CLOSED, State.WITHDRAWN}),
    State.EXPIRED: frozenset({State.FORWARDED, State.CLOSED, State.WITHDRAWN}),
    # Both know each other now: what they arrange is theirs.
    State.ACCEPTED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# The city has something to do.
TO_DO = (State.RECEIVED, State.DECLINED, State.EXPIRED)
WITHDRAWABLE = tuple(here for here, to in MOVES.items() if State.WITHDRAWN in to)


def lock_request(request: InstructorRequest) -> InstructorRequest:
    """As it is now; its row is the lock. Raises: TransactionManagementError outside a
    transaction."""
    require_transaction("lock_request")
    locked = InstructorRequest.objects.select_for_update(of=("self",))
    return locked.select_related("instructor", "department").get(pk=request.pk)


TABLE = StateTable[State, InstructorRequest, InstructorRequestMove](
    MOVES, line=InstructorRequestMove, of="request", refusal=RequestMoveNotAllowed
)
move_request = TABLE.move
