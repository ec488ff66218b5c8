"""How well a name fits what has been typed of it so far, by letters and by ear."""

from collections.abc import Set
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate

from cms.search.dictionary import words
from cms.search.folding import HIRAGANA, fold, normalise


class Likeness(IntEnum):
    """Lower is nearer."""

    BEGINS = 0
    BEGINS_A_WORD = 1
    HOLDS = 2
    NONE = 3


@dataclass(frozen=True)
class Way:
    """One way to write or say a name. By ear, and of a single kana, only beginnings of
    words count: ぼう is in あそぼう, but nobody means it."""

    letters: str
    starts: frozenset[int]
    by_ear: bool = False

    def likeness(self, typed: str) -> Likeness:
        place = self.letters.find(typed)
        if place <= 0:
            return Likeness.NONE if place < 0 else Likeness.BEGINS
        while place > 0:
            if place in self.starts:
                return Likeness.BEGINS_A_WORD
            place = self.letters.find(typed, place + 1)
        senseless = self.by_ear or (len(typed) == 1 and HIRAGANA.match(typed))
        return Likeness.NONE if senseless else Likeness.HOLDS


def likeness(typed: list[str], ways: tuple[Way, ...]) -> Likeness:
    """Of several words the first tells how near it is, and none may be missing."""
    found = [min(way.likeness(word) for way in ways) for word in typed]
    return Likeness.NONE if max(found) == Likeness.NONE else found[0]


@lru_cache(maxsize=4_096)
def ways_of(name: str, kana: str, name_en: str) -> tuple[Way, ...]:
    """Follows from the words alone, so that it is kept for the next letter typed."""
    parts = list(words(normalise(name)))
    written = [fold(word.surface) for word in parts] or [fold(normalise(name))]
    spoken = [word.reading or fold(word.surface) for word in parts]
    silent = {n for n, word in enumerate(parts) if word.is_particle}
    ways = (
        _way(written, silent),
        _way(spoken, silent, by_ear=True),
        *map(_spaced, (kana, name_en)),
    )
    return tuple(way for way in ways if way.letters)


def _way(parts: list[str], silent: Set[int] = frozenset(), *, by_ear: bool = False) -> Way:
    """`silent`: which of the parts begin no word."""
    starts = enumerate(accumulate(map(len, parts), initial=0))
    begin = frozenset(start for n, start in starts if n not in silent)
    return Way("".join(parts), begin, by_ear)


def _spaced(text: str) -> Way:
    parts = fold(normalise(text)).split(" ")
    return _way([f"{part} " for part in parts if part], by_ear=True)
