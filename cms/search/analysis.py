"""What is written in the index for a text: tokens of four kinds, findable by each.

pairs     neighbouring characters as written      防災 in 地域防災講座
sounds    neighbouring characters of the reading  ぼうさい in 防災
words     dictionary words in their normal form   申込 and 申し込み
letters   single characters and Latin words
"""

from collections.abc import Iterable, Iterator

from cms.search.dictionary import Word, words
from cms.search.folding import JAPANESE_RUN, OTHER_RUN, fold, normalise

PAIR, SOUND, WORD, READING, CHARACTER, LATIN = "b", "s", "n", "r", "c", "w"
GAP = "end"
# PostgreSQL holds 16,383 positions for a page, and about two are used a character.
INDEXED = 20_000
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def token(kind: str, text: str) -> str:
    """Lower-case letters and digits only, which no database takes apart or stems."""
    return kind + "".join(map(_code, text))


def _code(character: str) -> str:
    number, code = ord(character), ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        code = DIGITS[digit] + code
    return code


def pairs(kind: str, text: str) -> list[str]:
    return [token(kind, text[n : n + 2]) for n in range(len(text) - 1)]


def index_text(text: str) -> str:
    """The tokens of a text; those that may be asked for in a row come first."""
    wide = normalise(text[:INDEXED])[:INDEXED]
    folded = fold(wide)
    found = list(words(wide))
    runs = JAPANESE_RUN.findall(folded)
    written = (pairs(PAIR, run) for run in runs)
    heard = (pairs(SOUND, stretch) for stretch in _stretches(found))
    latin = OTHER_RUN.findall(folded)
    return " ".join(
        [
            *_parted(written),
            *_parted(heard),
            *_distinct(WORD, (word.normal for word in found if word.carries_meaning)),
            *_distinct(READING, _short_readings(found)),
            *_distinct(CHARACTER, "".join(runs)),
            *_distinct(LATIN, latin),
        ]
    )


def _stretches(found: Iterable[Word]) -> Iterator[str]:
    """Readings of words that follow each other without punctuation."""
    stretch = ""
    for word in found:
        if word.reading:
            stretch += word.reading
        elif stretch:
            yield stretch
            stretch = ""
    yield stretch


def _short_readings(found: Iterable[Word]) -> Iterator[str]:
    """Two kana are too short to look for inside other words: まち, and not ますまち."""
    return (w.reading for w in found if w.stands_alone and len(w.reading) == 2)


def _parted(runs: Iterable[list[str]]) -> Iterator[str]:
    for run in runs:
        if run:
            yield from run
            yield GAP


def _distinct(kind: str, texts: Iterable[str]) -> list[str]:
    return [token(kind, text) for text in dict.fromkeys(texts)]
