"""Words of a Japanese text, in their normal form and with their reading.

The dictionary takes 40 MB and is loaded by the first text that needs it, once per
process. Where none is installed there are no words, and search goes by characters.
"""

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cms.search.folding import KANA_ONLY, fold

logger = logging.getLogger(__name__)

SENTENCE_END = re.compile(r"(?<=[。！？!?\n])")
LONGEST = 8_000  # characters; the analyser takes 49,149 bytes at once
PARTICLES = {"助詞", "助動詞"}
SIGNS = {"補助記号", "記号", "空白"}
POLITE = "御"  # お and ご before a word
# Verbs and nouns that carry no meaning of their own: する, いる, こと …
EMPTY_WORDS = {"為る", "居る", "有る", "成る", "出来る", "下さる", "御", "事", "為"}
NOUN, ENDING = "名詞", "接尾辞"
KATAKANA = re.compile("[ァ-ヺー]+")
ENDINGS = {"人": ("じん", "にん"), "家": ("か", "や"), "場": ("ば", "じょう")}
VOICED = str.maketrans(
    "かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだぢづでどばびぶべぼ"
)
_loading = threading.Lock()
_of_thread = threading.local()


@dataclass(frozen=True)
class Word:
    """`normal` is folded; `reading` too, and is empty where the dictionary has none and
    for signs. `other_readings` are what an ending may sound like: 人 as ニン or ジン.
    """

    surface: str
    normal: str
    reading: str
    carries_meaning: bool
    stands_alone: bool
    inflects: bool
    is_sign: bool = False
    is_particle: bool = False
    is_loanword: bool = False  # シニア, and not ボウサイ or コドモ
    other_readings: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    """The shortest units of a normalised text, in order."""
    analyser = tokenizer()
    if analyser is None:
        return
    for sentence in SENTENCE_END.split(text):
        for start in range(0, len(sentence), LONGEST):
            for part in analyser.tokenize(sentence[start : start + LONGEST]):
                yield _word(part)


def _word(part: Any) -> Word:
    kind = part.part_of_speech()
    normal, reading = part.normalized_form(), part.reading_form()
    is_sign, is_particle = kind[0] in SIGNS, kind[0] in PARTICLES or normal == POLITE
    meaning = not (is_sign or is_particle or normal in EMPTY_WORDS)
    sound = fold(reading) if KANA_ONLY.fullmatch(reading) and not is_sign else ""
    return Word(
        surface=part.surface(),
        normal=fold(normal),
        reading=sound,
        carries_meaning=meaning,
        stands_alone=meaning and kind[0] != ENDING,
        inflects=kind[0] in {"動詞", "形容詞"},
        is_sign=is_sign,
        is_particle=is_particle,
        is_loanword=kind[0] == NOUN and not part.is_oov() and _in_katakana(part),
        other_readings=_sounds_of_ending(normal, sound) if kind[0] == ENDING else (),
    )


def _in_katakana(part: Any) -> bool:
    return bool(
        KATAKANA.fullmatch(part.surface()) and KATAKANA.fullmatch(part.normalized_form())
    )


def _sounds_of_ending(ending: str, sound: str) -> tuple[str, ...]:
    """The dictionary gives one: ヒナンショ for 避難所, ガイコクニン for 外国人."""
    voiced = sound[:1].translate(VOICED) + sound[1:]
    return tuple({voiced, *ENDINGS.get(ending, ())} - {sound, ""})


def tokenizer() -> Any:
    """One per thread, as they must not be shared; all read one dictionary."""
    if not hasattr(_of_thread, "tokenizer"):
        with _loading:
            dictionary = load()
        _of_thread.tokenizer = dictionary and dictionary.tokenizer(_shortest_units())
    return _of_thread.tokenizer


def _shortest_units() -> Any:
    from sudachipy import SplitMode

    return SplitMode.A


@cache
def load() -> Any:
    """The dictionary, or none where it is not installed."""
    try:
        from sudachipy import Dictionary

        return Dictionary(dict="small")
    except ImportError:
        logger.warning("No Japanese dictionary is installed: search goes by characters.")
        return None
