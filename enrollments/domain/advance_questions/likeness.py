"""Which questions may be the same: a hint for whoever sorts them, by the pairs of signs
that two texts share. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

ALIKE = 0.4
SHOWN = 3


def pairs_of_signs(text: str) -> frozenset[str]:
    """Without case, width, spaces and marks, so that 「ゴミ」 and 「ｺﾞﾐ？」 are one."""
    folded = unicodedata.normalize("NFKC", text).lower()
    signs = [one for one in folded if one.isalnum() or one == "ー"]
    if len(signs) == 1:
        return frozenset(signs)
    return frozenset(a + b for a, b in pairwise(signs))


def likeness(one: str, other: str) -> float:
    """From 0 to 1, the same both ways; a text is wholly like itself."""
    mine, theirs = pairs_of_signs(one), pairs_of_signs(other)
    if not mine or not theirs:
        return 1.0 if mine == theirs else 0.0
    return len(mine & theirs) / len(mine | theirs)


def alike(texts: Mapping[int, str]) -> dict[int, Sequence[int]]:
    """By key: the few others that are most like it, the most first."""
    signs = {key: pairs_of_signs(text) for key, text in texts.items()}
    found: dict[int, Sequence[int]] = {}
    for key, mine in signs.items():
        ranked = sorted(
            (-len(mine & theirs) / len(mine | theirs), other)
            for other, theirs in signs.items()
            if other != key and mine & theirs
        )
        found[key] = [other for rank, other in ranked if -rank >= ALIKE][:SHOWN]
    return found
