"""A query, and the same query in other words.

Which words stand for each other is a list that officers keep (`synonym_groups`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cms.search.folding import fold, normalise, traced

MOST_VARIANTS = 12
LONGEST = 100  # characters of a query


@dataclass(frozen=True)
class Synonyms:
    """`others`: a folded word → what else may be said for it, as written."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NONE = Synonyms()


def variants(word: str, synonyms: Synonyms = NONE) -> list[str]:
    """The word, and the word with each known part said otherwise: スマホ講座,
    スマートフォン講座. A normalised word; the same first."""
    said = [""]
    for part, others in _parts(word, synonyms):
        ways = (part, *others)
        said = [before + way for way in ways for before in said][:MOST_VARIANTS]
    return said


def _parts(word: str, synonyms: Synonyms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The word cut at its known parts, the longest first where several begin."""
    folded, origin = traced(word)
    known = sorted(synonyms.others, key=len, reverse=True)
    at = start = 0
    while at < len(folded):
        found = next((one for one in known if _stands_at(folded, at, one)), None)
        if found is None:
            at += 1
            continue
        (first, _end), (_start, last) = origin[at], origin[at + len(found) - 1]
        if word[start:first]:
            yield word[start:first], ()
        yield word[first:last], synonyms.others[found]
        at, start = at + len(found), last
    if word[start:]:
        yield word[start:], ()


def _stands_at(text: str, at: int, word: str) -> bool:
    """A Latin word is one only by itself: PC, but not EPC."""
    if not text.startswith(word, at):
        return False
    before, after = text[:at][-1:], text[at + len(word) :][:1]
    return not (_joins(before, word[0]) or _joins(word[-1], after))


def _joins(left: str, right: str) -> bool:
    return (left + right).isascii() and left.isalnum() and right.isalnum()


def pieces(text: str, *, shortest: int, longest: int, most: int) -> list[str]:
    """All that could be a known word in a text: its folded parts, short ones first."""
    words = list(dict.fromkeys(fold(word) for word in normalise(text[:LONGEST]).split()))
    parts = (
        word[start : start + size]
        for size in range(shortest, longest + 1)
        for word in words
        for start in range(len(word) - size + 1)
    )
    return list(dict.fromkeys(parts))[:most]
