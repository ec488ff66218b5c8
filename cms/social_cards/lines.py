"""Japanese titles broken into lines where a reader would: between phrases, never before
a sign that closes or after one that opens, and all lines about as long as each other."""

import re
from collections.abc import Callable, Iterator

from cms.search.dictionary import tokenizer

Measure = Callable[[str], float]
# JIS X 4051: what does not begin and what does not end a line.
NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〉》〕…‥ー〜ゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョヶ,.:;?!)]}%"
)
NOT_LAST = frozenset("（［｛「『【〈《〔([{")
JOINS_BEFORE = {"助詞", "助動詞", "接尾辞", "補助記号"}
WORD = re.compile(r"[A-Za-z0-9'’&+./-]+|.", re.S)


def wrapped(text: str, *, width: float, most: int, measure: Measure) -> list[str] | None:
    """At most `most` lines none of which is wider than `width`, as even as can be; none
    where the text does not fit."""
    pieces = [part for piece in phrases(text) for part in _fitting(piece, width, measure)]
    needed = _fill(pieces, width, measure)
    if len(needed) > most or any(measure(line) > width for line in needed):
        return None
    return _evened(pieces, needed, round(width), measure)


def _evened(pieces: list[str], lines: list[str], width: int, measure: Measure) -> list[str]:
    """In the narrowest column that takes no more lines, to the pixel."""
    too_narrow, most = 0, len(lines)
    while width - too_narrow > 1:
        between = (width + too_narrow) // 2
        found = _fill(pieces, between, measure)
        if len(found) <= most and all(measure(line) <= between for line in found):
            width, lines = between, found
        else:
            too_narrow = between
    return lines


def phrases(text: str) -> list[str]:
    """Compounds with the particles that follow them; single signs without a dictionary."""
    pieces: list[str] = []
    for surface, joins in _words(text):
        glued = pieces and (joins or surface[0] in NOT_FIRST or pieces[-1][-1] in NOT_LAST)
        if glued and not pieces[-1][-1].isspace():
            pieces[-1] += surface
        else:
            pieces.append(surface)
    return pieces


def _words(text: str) -> Iterator[tuple[str, bool]]:
    analyser = tokenizer()
    if analyser is None:
        for word in WORD.findall(text):
            yield word, False
        return
    before = ""
    for part in analyser.tokenize(text):
        kind = part.part_of_speech()[0]
        compound = kind == before == "名詞"
        yield part.surface(), kind in JOINS_BEFORE or before == "接頭辞" or compound
        before = kind


def _fitting(piece: str, width: float, measure: Measure) -> list[str]:
    """A phrase wider than a line comes apart at its signs."""
    if measure(piece) <= width:
        return [piece]
    parts: list[str] = []
    for sign in WORD.findall(piece):
        if parts and (sign[0] in NOT_FIRST or parts[-1][-1] in NOT_LAST):
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


def _fill(pieces: list[str], width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and measure((lines[-1] + piece).strip()) <= width:
            lines[-1] += piece
        elif piece.strip() or lines:
            lines.append(piece.lstrip())
    return [line.strip() for line in lines if line.strip()]
