"""One form for what people write differently: widths, cases, kana, old kanji.

What is searched for and what is searched in are folded alike, so that ﾎﾞｳｻｲ, ボウサイ
and ぼうさい, or ヴァイオリン and バイオリン, are the same characters.
"""

import re
import unicodedata

JAPANESE = "ぁ-ゖァ-ヺー々〆〇㐀-鿿\uf900-\ufaff\U00020000-\U0003ffff"
JAPANESE_RUN = re.compile(f"[{JAPANESE}]+")
OTHER_RUN = re.compile(rf"[^\W_{JAPANESE}]+")
RUN = re.compile(f"{JAPANESE_RUN.pattern}|{OTHER_RUN.pattern}")
HIRAGANA = re.compile(r"[ぁ-ゖ]")
HIRAGANA_ONLY = re.compile(r"[ぁ-ゖー]+")
KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー]+")

# A dash typed for the long vowel sign: サ－バ.
DASH_IN_KANA = re.compile(r"(?<=[ぁ-ゖァ-ヺ])[‐‑–−-](?=[ぁ-ゖァ-ヺ])")
# The middle dot joins Japanese words and parts all others.
DOT_IN_JAPANESE = re.compile(f"(?<=[{JAPANESE}])[・･](?=[{JAPANESE}])")
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


def _unmarked(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", letter[0])[0]
