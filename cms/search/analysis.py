"""What is written in the index for a text: tokens of seven kinds.

pairs, triples   neighbouring characters as written     防災 in 地域防災講座
sounds           triples of the reading                 ぼうさい in 防災
words            dictionary words in their normal form  申込 and 申し込み
neighbours       two such words beside each other       避難所 運営 in 避難所の運営
readings         of words that sound as two kana        まち in 街
characters, and Latin words
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from cms.search.dictionary import Word, words
from cms.search.folding import JAPANESE_RUN, OTHER_RUN, fold, normalise

PAIR, TRIPLE, SOUND, WORD, NEIGHBOURS, READING, CHARACTER = "btsnprc"
LATIN = re.compile("[A-Za-z]+")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def token(kind: str, text: str) -> str:
    """Seven letters for any text, which no database takes apart, stems or stores at
    length. One pair of tokens in some thousand millions is the same: a stray hit."""
    number, letters = crc32(f"{kind}{text}".encode()), ""
    for _place in range(7):
        number, place = divmod(number, 26)
        letters += LETTERS[place]
    return letters


def latin_token(text: str) -> str:
    """A word letter by letter, so that its beginning finds it."""
    return "w" + "".join(f"{ord(character):05x}" for character in text)


def triples(text: str) -> list[str]:
    return [text[n : n + 3] for n in range(len(text) - 2)]


def pairs(text: str) -> list[str]:
    return [text[n : n + 2] for n in range(len(text) - 1)]


def index_text(text: str) -> str:
    """The tokens of a text. Words stand as often as they occur, which ranks them."""
    wide = normalise(text)
    folded = fold(wide)
    runs = JAPANESE_RUN.findall(folded)
    found = list(words(wide))
    heard = list(_heard(found))
    # Excel can be asked for as エクセル.
    runs += [
        word.reading for word in found if word.reading and LATIN.fullmatch(word.surface)
    ]
    short = (word.reading for word in found if word.stands_alone and len(word.reading) == 2)
    return " ".join(
        [
            *(token(WORD, word.normal) for word in found if word.carries_meaning),
            *_distinct(NEIGHBOURS, _neighbours(found)),
            *_distinct(PAIR, (pair for run in runs for pair in pairs(run))),
            *_distinct(TRIPLE, (triple for run in runs for triple in triples(run))),
            *_distinct(SOUND, (triple for run in heard for triple in triples(run))),
            *_distinct(READING, short),
            *_distinct(CHARACTER, "".join(runs)),
            *map(latin_token, dict.fromkeys(OTHER_RUN.findall(folded))),
        ]
    )


def neighbours(found: Iterable[Word]) -> list[str]:
    """Each two words that follow each other in a stretch."""
    normals = [word.normal for word in found]
    return [f"{left} {right}" for left, right in pairwise(normals)]


def _neighbours(found: Iterable[Word]) -> Iterator[str]:
    """A particle between two words does not part them: 避難所の運営, 避難所を運営."""
    stretch: list[Word] = []
    for word in found:
        if word.is_sign:
            yield from neighbours(stretch)
            stretch = []
        elif not word.is_particle:
            stretch.append(word)
    yield from neighbours(stretch)


def _heard(found: Sequence[Word]) -> Iterator[str]:
    """Readings of words that follow each other without punctuation; and of the words
    around an ending, as it may sound otherwise."""
    stretch = ""
    for word in found:
        if not word.reading:
            yield stretch
        stretch = stretch + word.reading if word.reading else ""
    yield stretch
    for place, word in enumerate(found):
        before = found[place - 1].reading if place else ""
        after = found[place + 1].reading if place + 1 < len(found) else ""
        for sound in word.other_readings:
            yield before + sound + after


def _distinct(kind: str, texts: Iterable[str]) -> list[str]:
    return [token(kind, text) for text in dict.fromkeys(texts)]
