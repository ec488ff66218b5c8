"""A question sent beforehand moves only along this table."""

from enrollments.enums import QuestionState as State

# What its sender may still take back, and the section still sort.
SORTED = frozenset({State.RECEIVED, State.TAKEN_UP, State.MERGED, State.SET_ASIDE})
# What the facilitator reads out.
CHOSEN = frozenset({State.TAKEN_UP, State.PROPOSED, State.PUBLISHED})

ALLOWED: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset(
        {State.TAKEN_UP, State.MERGED, State.SET_ASIDE, State.WITHDRAWN}
    ),
    State.TAKEN_UP: frozenset(
        {
            State.RECEIVED,
            State.MERGED,
            State.SET_ASIDE,
            State.WITHDRAWN,
            State.PROPOSED,
            State.PUBLISHED,
        }
    ),
    # Where the city wants approval, a head says yes or sends it back.
    State.PROPOSED: frozenset({State.PUBLISHED, State.TAKEN_UP}),
    State.PUBLISHED: frozenset({State.TAKEN_UP}),
    State.MERGED: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.SET_ASIDE: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
