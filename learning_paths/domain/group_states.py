"""登録状況 changes by this table only, and each change leaves its line."""

from datetime import datetime

from accounts.domain.state_table import StateTable
from accounts.models import User
from learning_paths.domain.refusals import NoSuchMove
from learning_paths.enums import GroupState as State
from learning_paths.models import Group, GroupMove

MOVES: dict[State, frozenset[State]] = {
    State.APPLIED: frozenset({State.REGISTERED, State.DECLINED, State.CLOSED}),
    State.DECLINED: frozenset({State.APPLIED, State.CLOSED}),
    State.REGISTERED: frozenset({State.LAPSED, State.CLOSED}),
    State.LAPSED: frozenset({State.REGISTERED, State.CLOSED}),
    State.CLOSED: frozenset({State.REGISTERED}),
}
TABLE = StateTable[State, Group, GroupMove](
    MOVES, line=GroupMove, of="group", refusal=NoSuchMove
)
begin = TABLE.begin
# In these a group may change what it says of itself.
OPEN = frozenset({State.APPLIED, State.REGISTERED, State.LAPSED, State.DECLINED})


def last_reason(group: Group) -> str:
    """Why staff declined; empty in every other state."""
    if group.state != State.DECLINED:
        return ""
    last = group.moves.last()
    return last.why if last else ""


def move_group(
    group: Group, to: State, *, by: User | None, at: datetime, why: str = ""
) -> None:
    """On the locked row; into the state in which it is, nothing happens.

    Raises: NoSuchMove.
    """
    if group.state != to:
        TABLE.move(group, to, by=by, at=at, why=why)
