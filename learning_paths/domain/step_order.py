"""Steps come after others, never in a circle, and those without any begin side by side."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def in_a_circle(after: Mapping[K, Sequence[K]]) -> tuple[K, ...]:
    """Steps that wait for one another, so that none could begin; empty where all can.

    `after` says for each step which come before it; what it does not know is passed over.
    """
    left = {key: {one for one in before if one in after} for key, before in after.items()}
    while free := [key for key, before in left.items() if not before]:
        for key in free:
            del left[key]
        for before in left.values():
            before.difference_update(free)
    return tuple(left)
