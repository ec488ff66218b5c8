"""A request for an outreach lecture moves by this table only; each move leaves its line."""

from accounts.domain.locking import require_transaction
from accounts.domain.sections import require_section
from accounts.domain.state_table import StateTable
from accounts.models import User
from learning_paths.domain.outreach.refusals import NoSuchStep
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachMove, OutreachRequest

MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset(
        {State.ACCEPTED, State.PROPOSED, State.DECLINED, State.WITHDRAWN}
    ),
    # Back to 受付済み when none of the proposed dates suits and others are wished.
    State.PROPOSED: frozenset(
        {
            State.ACCEPTED,
            State.PROPOSED,
            State.RECEIVED,
            State.EXPIRED,
            State.DECLINED,
            State.WITHDRAWN,
        }
    ),
    State.EXPIRED: frozenset(
        {State.PROPOSED, State.RECEIVED, State.DECLINED, State.WITHDRAWN}
    ),
    State.ACCEPTED: frozenset({State.DONE, State.CANCELLED}),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
}
# In these the section owes an answer.
WAITS_FOR_SECTION = (State.RECEIVED, State.EXPIRED)
OVER = tuple(state for state, ways in MOVES.items() if not ways)


def lock_outreach(pk: int) -> OutreachRequest:
    """Read again under a lock. Raises: TransactionManagementError outside a transaction."""
    require_transaction("lock_outreach")
    found = OutreachRequest.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("entry__course__department").get(pk=pk)


def lock_for_section(request: OutreachRequest, by: User) -> OutreachRequest:
    """As above. Raises: NotAllowed (another section)."""
    fresh = lock_outreach(request.pk)
    require_section(by, fresh.entry.course.department)
    return fresh


TABLE = StateTable[State, OutreachRequest, OutreachMove](
    MOVES, line=OutreachMove, of="request", refusal=NoSuchStep
)
begin, require_step, move_outreach = TABLE.begin, TABLE.require, TABLE.move
