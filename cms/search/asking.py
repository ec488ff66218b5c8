"""What is asked for a text: every word of it, each in any of its forms.

Nothing in a text has a special meaning: quotes, stars, brackets and OR are
punctuation and words like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cms.search import analysis
from cms.search.analysis import latin_token, token
from cms.search.dictionary import Word, words
from cms.search.folding import (
    HIRAGANA,
    HIRAGANA_ONLY,
    JAPANESE_RUN,
    KANA_ONLY,
    RUN,
    fold,
    normalise,
)
from cms.search.synonyms import LONGEST, NONE, Synonyms, variants

MOST_WORDS = 20
LONGEST_COMPOUND = 3  # words
OPEN_ENDED = 4  # letters of a Latin word from which on endings are free


@dataclass(frozen=True)
class Token:
    """One token of the index, or where `open_ended`, all that begin with it."""

    text: str
    open_ended: bool = False


@dataclass(frozen=True)
class Every:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Node", ...]


Node = Token | Every | Either


def asked_words(text: str) -> list[str]:
    """The blank-separated words of a query that hold something to search for."""
    words = normalise(text[:LONGEST])[:LONGEST].split()[:MOST_WORDS]
    return [word for word in words if RUN.search(word)]


def query_tree(
    text: str,
    *,
    any_word: bool = False,
    typing: bool = False,
    synonyms: Synonyms = NONE,
) -> Node | None:
    """None when the text holds nothing to search for.

    `any_word`: one of the words is enough. `typing`: Latin words may be unfinished.
    """
    nodes = [_word(word, synonyms, typing=typing) for word in asked_words(text)]
    return either(nodes) if any_word else every(nodes)


def every(nodes: Iterable[Node | None]) -> Node | None:
    parts = tuple(dict.fromkeys(node for node in nodes if node))
    return Every(parts) if len(parts) > 1 else next(iter(parts), None)


def either(nodes: Iterable[Node | None]) -> Node | None:
    parts = tuple(dict.fromkeys(node for node in nodes if node))
    return Either(parts) if len(parts) > 1 else next(iter(parts), None)


def _word(word: str, synonyms: Synonyms, *, typing: bool) -> Node | None:
    """A blank-separated word, or one in which a part is said in other words."""
    return either(
        every(_run(run, typing=typing) for run in RUN.findall(variant))
        for variant in variants(word, synonyms)
    )


def _run(run: str, *, typing: bool) -> Node | None:
    if not JAPANESE_RUN.fullmatch(run):
        return _latin(run, typing=typing)
    folded = fold(run)
    found = list(words(run))
    return either([_written(folded), _normal(run, found), _heard(run, folded, found)])


def _latin(run: str, *, typing: bool) -> Node | None:
    """A Latin word, or what it is called in Japanese: Excel, エクセル."""
    folded = fold(run)
    lettered = folded.isalpha()
    open_ended = typing or (lettered and len(folded) >= OPEN_ENDED)
    reading = _reading(list(words(run))) if lettered else ""
    said = _written(reading) if len(reading) > 2 else None
    return either([Token(latin_token(folded), open_ended), said])


def _written(folded: str) -> Node | None:
    """As it stands; サーバー also finds サーバ."""
    if len(folded) > 3 and HIRAGANA_ONLY.fullmatch(folded):
        folded = folded.removesuffix("ー")
    if len(folded) < 3:
        kind = analysis.PAIR if len(folded) == 2 else analysis.CHARACTER
        return Token(token(kind, folded))
    return _triples(analysis.TRIPLE, folded)


def _normal(run: str, found: list[Word]) -> Node | None:
    """Its dictionary words; words in hiragana alone are guessed too often."""
    if HIRAGANA_ONLY.fullmatch(run) or len(run) == 1:
        return None
    return every(_compound(words) for words in _between_particles(found))


def _between_particles(found: Iterable[Word]) -> Iterator[list[Word]]:
    for is_particle, together in groupby(found, key=lambda word: word.is_particle):
        if not is_particle:
            yield list(together)


def _compound(found: list[Word]) -> Node | None:
    """Words of a short compound have to stand together: 居場所 is no 場所. A long one
    is told by all of its words, wherever they are."""
    if 1 < len(found) <= LONGEST_COMPOUND:
        beside = (token(analysis.NEIGHBOURS, two) for two in analysis.neighbours(found))
        return every(Token(two) for two in beside)
    normals = (word.normal for word in found if word.carries_meaning)
    return every(Token(token(analysis.WORD, normal)) for normal in normals)


def _heard(run: str, folded: str, found: list[Word]) -> Node | None:
    """By its sound, where kana were typed or could have been: 申込, 子そだて. A loanword is
    written as it sounds: シニア is not in 市にある."""
    if found and all(word.is_loanword for word in found):
        return None
    if KANA_ONLY.fullmatch(run):
        if len(folded) == 2:
            return Token(token(analysis.READING, folded))
        return _triples(analysis.SOUND, folded)
    reading = _reading(found)
    if found and found[-1].inflects:
        reading = reading[:-1]  # 学び合う, 学び合い
    spelt = "".join(word.normal for word in found)
    return _triples(analysis.SOUND, reading) if HIRAGANA.search(spelt) else None


def _triples(kind: str, text: str) -> Node | None:
    return every(Token(token(kind, triple)) for triple in analysis.triples(text))


def _reading(found: list[Word]) -> str:
    readings = [word.reading for word in found]
    return "".join(readings) if all(readings) else ""
