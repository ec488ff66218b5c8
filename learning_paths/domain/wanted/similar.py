"""Two wishes are alike when their words share many pairs of signs; the same theme helps."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ALIKE = 0.3
SAME_THEME = 0.1
SHOWN = 5
# Said in nearly every wish, and so no sign of likeness.
COMMON = (
    *("について", "学びたい", "知りたい", "習いたい", "講座"),
    *("教えて", "ほしい", "したい", "の方法"),
)


@dataclass(frozen=True)
class Words:
    """A wish as far as likeness is concerned; `theme` is a number, 0 for none."""

    title: str
    detail: str = ""
    theme: int = 0


def likeness(one: Words, other: Words) -> float:
    """From 0 to 1, the same both ways; 1 for the same words."""
    titles = _shared(_pairs(one.title), _pairs(other.title))
    whole = _shared(_pairs(one.title + one.detail), _pairs(other.title + other.detail))
    words = max(titles, whole)
    same_theme = one.theme == other.theme != 0
    return min(1.0, words + SAME_THEME) if words and same_theme else words


def most_alike(wanted: Words, others: Sequence[tuple[int, Words]]) -> list[int]:
    """The numbers of those that are alike, the most alike first."""
    found = [(likeness(wanted, words), number) for number, words in others]
    alike = sorted((-degree, number) for degree, number in found if degree >= ALIKE)
    return [number for _degree, number in alike[:SHOWN]]


def _pairs(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    for common in COMMON:
        plain = plain.replace(common, " ")
    pieces: Iterable[str] = "".join(
        sign if sign.isalnum() else " " for sign in plain
    ).split()
    return frozenset(
        piece[start : start + 2]
        for piece in pieces
        for start in range(max(1, len(piece) - 1))
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
