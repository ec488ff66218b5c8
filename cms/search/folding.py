"""One form for what people write differently: widths, cases, kana, old kanji.

What is searched for and what is searched in are folded alike, so that ﾎﾞｳｻｲ, ボウサイ
and ぼうさい, or ヴァイオリン and バイオリン, are the same characters.
"""

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]

JAPANESE = "ぁ-ゖァ-ヺー々〆〇㐀-鿿\uf900-\ufaff\U00020000-\U0003ffff"
JAPANESE_RUN = re.compile(f"[{JAPANESE}]+")
OTHER_RUN = re.compile(rf"[^\W_{JAPANESE}]+")
RUN = re.compile(f"{JAPANESE_RUN.pattern}|{OTHER_RUN.pattern}")
HIRAGANA = re.compile(r"[ぁ-ゖ]")
HIRAGANA_ONLY = re.compile(r"[ぁ-ゖー]+")
KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー]+")

# A dash typed for the long vowel sign: サ－バ.
DASH_IN_KANA = re.compile(r"(?<=[ぁ-ゖァ-ヺ])[‐‑–−-](?=[ぁ-ゖァ-ヺ])")
# The middle dot joins Japanese words and parts all others; and those in hiragana, as no
# word can be told from the next: ふたご・みつご holds no ごみ.
DOT_IN_JAPANESE = re.compile(
    f"(?<=[{JAPANESE}])(?!(?<=[ぁ-ゖ])[・･][ぁ-ゖ])[・･](?=[{JAPANESE}])"
)
V_PAIR = re.compile("[ゔヴ][ぁぃぇぉァィェォ]")
MARKED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
# Kanji of names that keyboards give in two forms.
VARIANTS = str.maketrans(
    "髙﨑𠮷德濵濱邊邉齋齊斎廣澤眞櫻瀨嶋惠國學",
    "高崎吉徳浜浜辺辺斉斉斉広沢真桜瀬島恵国学",
)
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
SMALL = str.maketrans("ぁぃぅぇぉゎゕゖゐゑ", "あいうえおわかけいえ")
V_SOUND = str.maketrans({"ぁ": "ば", "ぃ": "び", "ぇ": "べ", "ぉ": "ぼ"})


def normalise(text: str) -> str:
    """Characters in their standard form; words keep their case and script."""
    wide = unicodedata.normalize("NFKC", text.replace("\x00", " ")).translate(VARIANTS)
    return DOT_IN_JAPANESE.sub("", DASH_IN_KANA.sub("ー", wide))


def fold(text: str) -> str:
    """A normalised text in lower case and hiragana, without marks on letters."""
    kana = text.casefold().translate(TO_HIRAGANA)
    kana = re.sub("ゔ([ぁぃぇぉ])", lambda sound: sound[1].translate(V_SOUND), kana)
    plain = kana.replace("ゔ", "ぶ").translate(SMALL)
    return MARKED_LATIN.sub(_unmarked, plain)


def traced(text: str) -> tuple[str, list[Span]]:
    """A text folded, and for each of its characters where it stood: start and end.

    Nothing where the two cannot be laid beside each other: marks that stand in an
    order of their own, or a character that changes what was before it.
    """
    wide: list[str] = []
    places: list[Span] = []
    for start, end in _characters(text):
        for character in normalise(text[start:end]):
            wide.append(character)
            places.append((start, end))
    joined = "".join(wide)
    kept = [n for n in range(len(joined)) if not DOT_IN_JAPANESE.match(joined, n)]
    plain = DASH_IN_KANA.sub("ー", "".join(joined[n] for n in kept))
    folded: list[str] = []
    origin: list[Span] = []
    for start, end, sound in _sounds(plain):
        folded.append(sound)
        spot = (places[kept[start]][0], places[kept[end - 1]][1])
        origin += [spot] * len(sound)
    found = "".join(folded)
    return (found, origin) if found == fold(normalise(text)) else ("", [])


def _characters(text: str) -> Iterator[Span]:
    """Where each character stands with its marks: が written as か and ゛ is one."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _is_mark(text[place]):
            yield start, place
            start = place


def _is_mark(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in "ﾞﾟ"


def _sounds(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of each character; ヴァ is one sound of two."""
    start = 0
    while start < len(text):
        end = start + (2 if V_PAIR.match(text, start) else 1)
        yield start, end, fold(text[start:end])
        start = end


def _unmarked(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", letter[0])[0]
