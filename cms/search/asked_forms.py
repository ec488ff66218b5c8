"""A word that was asked for, in the forms in which a text may hold it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.search.asking import OPEN_ENDED
from cms.search.dictionary import Word, words
from cms.search.folding import (
    HIRAGANA,
    HIRAGANA_ONLY,
    JAPANESE_RUN,
    KANA_ONLY,
    RUN,
    fold,
)
from cms.search.synonyms import Synonyms, variants


@dataclass(frozen=True)
class Form:
    """One unbroken run of letters. `normals` are its words between particles, `sound`
    its reading where it may have been typed by ear; both are empty where a text is
    compared only letter by letter."""

    written: str
    is_latin: bool = False
    is_whole_word: bool = False
    normals: tuple[tuple[str, ...], ...] = ()
    sound: str = ""


Variant = tuple[Form, ...]


def forms_of(word: str, synonyms: Synonyms) -> list[Variant]:
    """Ways to say a word; each is a few runs that all have to be there."""
    said = [
        tuple(form_of(run) for run in RUN.findall(way)) for way in variants(word, synonyms)
    ]
    return [*said, *(heard for way in said for heard in _in_kana(way))]


def form_of(run: str) -> Form:
    folded = fold(run)
    if not JAPANESE_RUN.fullmatch(run):
        whole = not folded.isalpha() or len(folded) < OPEN_ENDED
        return Form(folded, is_latin=True, is_whole_word=whole)
    if len(folded) > 3 and HIRAGANA_ONLY.fullmatch(folded):
        folded = folded.removesuffix("ー")
    found = list(words(run))
    if KANA_ONLY.fullmatch(run):
        return Form(folded, sound=folded, normals=_normals(run, found))
    return Form(folded, sound=_sound(found), normals=_normals(run, found))


def _in_kana(way: Variant) -> Iterator[Variant]:
    """Excel is also called エクセル."""
    if len(way) == 1 and way[0].is_latin and way[0].written.isalpha():
        reading = "".join(word.reading for word in words(way[0].written))
        if len(reading) > 2:
            yield (Form(reading),)


def _normals(run: str, found: list[Word]) -> tuple[tuple[str, ...], ...]:
    if HIRAGANA_ONLY.fullmatch(run) or len(run) == 1:
        return ()
    parts: list[list[str]] = [[]]
    for word in found:
        if word.is_particle:
            parts.append([])
        else:
            parts[-1].append(word.normal)
    return tuple(tuple(part) for part in parts if part)


def _sound(found: list[Word]) -> str:
    """As `asking` does: only where kana could have been typed."""
    readings = [word.reading for word in found]
    if not all(readings) or not HIRAGANA.search("".join(word.normal for word in found)):
        return ""
    return "".join(readings)
