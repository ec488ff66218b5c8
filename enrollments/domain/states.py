"""An application moves only along this table."""

from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind

ENDED_BY_ANYBODY = frozenset({State.WITHDRAWN, State.CANCELLED, State.VOID})
ALLOWED: dict[State, frozenset[State]] = {
    State.RECEIVED: ENDED_BY_ANYBODY
    | {State.AWAITING_DRAW, State.AWAITING_SCREENING, State.ACCEPTED, State.WAITING}
    | {State.AWAITING_APPROVAL},
    # Approved, it goes where it would have gone at once; it has held no seat (ADR 37).
    State.AWAITING_APPROVAL: ENDED_BY_ANYBODY
    | {State.AWAITING_DRAW, State.AWAITING_SCREENING, State.ACCEPTED, State.WAITING}
    | {State.LOST},
    State.AWAITING_DRAW: ENDED_BY_ANYBODY | {State.ACCEPTED, State.WAITING, State.LOST},
    State.AWAITING_SCREENING: ENDED_BY_ANYBODY
    | {State.ACCEPTED, State.WAITING, State.LOST},
    State.WAITING: ENDED_BY_ANYBODY | {State.OFFERED},
    # Back to the list where an offer is taken back: made in error, or the run is put off.
    State.OFFERED: ENDED_BY_ANYBODY
    | {State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WAITING},
    State.ACCEPTED: ENDED_BY_ANYBODY,
    State.LOST: frozenset(),
    State.DECLINED: frozenset(),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.CANCELLED: frozenset(),
    State.VOID: frozenset(),
}

# What the applicant is told when a move is made; a move that is not here is silent.
TOLD: dict[tuple[State, State], MessageKind] = {
    (State.RECEIVED, State.AWAITING_APPROVAL): MessageKind.RECEIVED,
    (State.AWAITING_APPROVAL, State.LOST): MessageKind.LOST,
    **{
        (here, to): kind
        for here in (State.RECEIVED, State.AWAITING_APPROVAL)
        for to, kind in (
            (State.AWAITING_DRAW, MessageKind.RECEIVED),
            (State.AWAITING_SCREENING, MessageKind.RECEIVED),
            (State.ACCEPTED, MessageKind.ACCEPTED),
            (State.WAITING, MessageKind.WAITING),
        )
    },
    (State.WAITING, State.OFFERED): MessageKind.OFFERED,
    (State.OFFERED, State.ACCEPTED): MessageKind.PROMOTED,
    (State.OFFERED, State.WAITING): MessageKind.WAITING,
    (State.OFFERED, State.DECLINED): MessageKind.DECLINED,
    (State.OFFERED, State.EXPIRED): MessageKind.EXPIRED,
    **{
        (here, to): kind
        for here in (State.AWAITING_DRAW, State.AWAITING_SCREENING)
        for to, kind in (
            (State.ACCEPTED, MessageKind.ACCEPTED),
            (State.WAITING, MessageKind.WAITING),
            (State.LOST, MessageKind.LOST),
        )
    },
    **{
        (state, State.WITHDRAWN): MessageKind.WITHDRAWN
        for state, targets in ALLOWED.items()
        if State.WITHDRAWN in targets
    },
    **{
        (state, State.CANCELLED): MessageKind.CANCELLED
        for state, targets in ALLOWED.items()
        if State.CANCELLED in targets
    },
}


def may_move(here: State, to: State) -> bool:
    return to in ALLOWED[here]
