"""Texts as people and spreadsheets bring them, and what is left of them in a calendar."""

import re
import unicodedata

from hypothesis import strategies as st

AWKWARD = (
    "がっこう",
    "か\u3099っこう",
    "𠮷野家と髙島屋",
    "👨‍👩‍👧‍👦と🏳️‍🌈",
    "🇯🇵🧑🏽‍🦽",
    "\\N \\n \\\\ \\; \\,",
    "C:\\new;a,b:c\"d\"'e'",
    "一\r\n二\r三\n四",
    "五\u2028六\u2029七\x85八\x0b九\x0c十\x1c",
    "\x00\x01\x07\x1b[31m\x7f\x9f",
    "\u200f עברית \u200e\u202eabc\u202c",
    "  前後  ",
    "\u3000全角の空白\u3000",
    "\ufeffBOM\ufeff",
    "BEGIN:VEVENT\r\nEND:VCALENDAR",
    "^n ^' ^^",
    "=?utf-8?b?44GC?= quoted-printable=",
    "\ud83d",
    "か\x00\u3099",
    "\ufffe\uffff\U0010ffff",
    "a" * 74 + "あ" * 200,
    " " * 200 + "x",
    "x" + "\u3000" * 200 + "x",
    "ｶﾞｷﾞｸﾞ ＡＢＣ ①㈱",
)
pieces = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=40),
    st.text(alphabet='\\;,:"nN \n\u3000か\u3099🏽\u200d', max_size=40),
)
texts = st.lists(pieces, max_size=5).map("".join)


def cleaned(text: str) -> str:
    """What is said to be done to a text on its way into a calendar, told once more in
    other words: line ends as line feeds, a tab or a very long gap as one space, no control
    characters, halves of characters, byte order marks or what stands for no character, in
    normal form, a typed backslash before N as ＼N."""
    text = re.sub("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    text = text.replace("\t", " ").replace("\ufeff", "")
    text = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]", "", text)
    text = "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE)
    text = unicodedata.normalize("NFC", text).replace("\\N", "＼N")
    return re.sub(r"[^\S\n]{20,}", " ", text).strip()
