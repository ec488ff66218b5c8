"""A promise of childcare or support moves only along this table."""

from enrollments.enums import SupportState as State

# Promised: it takes one of the offer's places. Open: somebody still counts on it.
PROMISED = frozenset({State.ARRANGED, State.CONFIRMED})
OPEN = PROMISED | {State.ASKED}

# What was confirmed can fall through (an interpreter is ill), and what was declined can
# turn up after all. Somebody who withdrew may ask again.
ALLOWED: dict[State, frozenset[State]] = {
    State.ASKED: PROMISED | {State.DECLINED, State.WITHDRAWN},
    State.ARRANGED: frozenset({State.CONFIRMED, State.DECLINED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.DECLINED, State.WITHDRAWN}),
    State.DECLINED: PROMISED | {State.WITHDRAWN},
    State.WITHDRAWN: frozenset({State.ASKED}),
}


def may_move(here: State, to: State) -> bool:
    return to in ALLOWED[here]
