"""Japanese text as tokens: what is written in the index, and what is asked of it.

Three streams, each findable by itself: pairs of neighbouring characters as written
(防災 in 地域防災講座), dictionary words in their normal form (申込 = 申し込み), and
readings (ぼうさい = 防災). Without the dictionary the first stream is left.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jaconv

from cms.search.synonyms import synonyms_of

WORD = re.compile(r"[a-z0-9]+")
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー々〆ヶ㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
KANA = re.compile(r"^[ぁ-ゖー]+$")
MIXED = re.compile(r"[ぁ-ゖ]")
CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接頭辞"}
CHUNK = 8_000
QUERY_LIMIT = 100
_local = threading.local()


def fold(text: str) -> str:
    """One form for widths, cases, kana and middle dots."""
    wide = unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold()
    return str(jaconv.kata2hira(wide.replace("・", "").replace("･", "")))


@dataclass(frozen=True)
class Morpheme:
    surface: str
    normal: str
    reading: str
    is_content: bool


def encode(stream: str, token: str) -> str:
    """A token as letters and digits that no database's own tokeniser takes apart."""
    return stream + "".join(f"{ord(character):05x}" for character in token)


def _pairs(text: str) -> list[str]:
    return [text[n : n + 2] for n in range(len(text) - 1)]


def _tokenizer() -> Any:
    """Sudachi's tokeniser, one per thread; none where no dictionary is installed."""
    if not hasattr(_local, "tokenizer"):
        try:
            _local.tokenizer = _dictionary().create()
        except Exception:
            _local.tokenizer = None
    return _local.tokenizer


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def morphemes(text: str) -> list[Morpheme]:
    """Short units of a text; empty without a dictionary."""
    tokenizer = _tokenizer()
    if tokenizer is None:
        return []
    from sudachipy import SplitMode

    wide = unicodedata.normalize("NFKC", text)
    found: list[Morpheme] = []
    for start in range(0, len(wide), CHUNK):
        for part in tokenizer.tokenize(wide[start : start + CHUNK], SplitMode.A):
            found.append(
                Morpheme(
                    surface=part.surface(),
                    normal=fold(part.normalized_form()),
                    reading=fold(part.reading_form()),
                    is_content=part.part_of_speech()[0] in CONTENT,
                )
            )
    return found


def index_text(text: str) -> str:
    """What is written in the index for a text: tokens in order, stream after stream."""
    return " ".join([*_surface_tokens(text), *_dictionary_tokens(text)])


def _surface_tokens(text: str) -> Iterator[str]:
    folded = fold(text)
    for word in WORD.findall(folded):
        yield encode("w", word)
    for run in JAPANESE.findall(folded):
        yield from (encode("b", pair) for pair in _pairs(run))
        yield from (encode("u", character) for character in dict.fromkeys(run))
        yield "end"  # two runs are not neighbours


def _dictionary_tokens(text: str) -> Iterator[str]:
    found = morphemes(text)
    for part in found:
        if part.is_content:
            yield encode("n", part.normal)
            yield encode("r", part.reading)
    stream = ""
    for part in found:
        if JAPANESE.fullmatch(fold(part.surface)):
            stream += part.reading
            continue
        yield from (encode("q", pair) for pair in _pairs(stream))
        yield "end"
        stream = ""
    yield from (encode("q", pair) for pair in _pairs(stream))


# ------------------------------------------------------------------ asking
@dataclass(frozen=True)
class Phrase:
    """Tokens that stand next to each other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Every:
    parts: tuple[Any, ...]


@dataclass(frozen=True)
class Either:
    parts: tuple[Any, ...]


NOTHING = Phrase(("nothing",))


def query_tree(text: str) -> Phrase | Every | Either:
    """What to ask for a text: every word of it, each in one of its forms."""
    words = [word for word in fold(text[:QUERY_LIMIT]).split() if word]
    asked = [part for word in words for part in _word_parts(word)]
    if not asked:
        return NOTHING
    return asked[0] if len(asked) == 1 else Every(tuple(asked))


def _word_parts(word: str) -> list[Phrase | Every | Either]:
    """Latin words and Japanese runs of one blank-separated word."""
    parts: list[Phrase | Every | Either] = [
        Phrase((encode("w", latin),)) for latin in WORD.findall(word)
    ]
    for run in JAPANESE.findall(word):
        forms = [form for variant in (run, *synonyms_of(run)) for form in _forms(variant)]
        parts.append(forms[0] if len(forms) == 1 else Either(tuple(forms)))
    return parts


def _forms(run: str) -> list[Phrase | Every]:
    if not JAPANESE.fullmatch(run):
        return [Phrase((encode("w", latin),)) for latin in WORD.findall(run)] or [NOTHING]
    if len(run) == 1:
        return [Phrase((encode("u", run),))]
    forms: list[Phrase | Every] = [Phrase(tuple(encode("b", p) for p in _pairs(run)))]
    found = morphemes(run)
    normals = tuple(encode("n", part.normal) for part in found if part.is_content)
    if normals and not KANA.match(run):
        forms.append(Every(tuple(Phrase((token,)) for token in normals)))
    reading = run if KANA.match(run) else "".join(part.reading for part in found)
    if KANA.match(run) and len(run) == 2:
        forms.append(Phrase((encode("r", run),)))
    elif len(reading) >= 3 and MIXED.search(run):
        forms.append(Phrase(tuple(encode("q", p) for p in _pairs(reading))))
    return forms
