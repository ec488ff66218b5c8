"""What is done to a text on its way into a calendar, so that every reader gets the same."""

import re
import unicodedata
from functools import lru_cache

# A folded line of nothing but blanks ends the text for some readers (vobject), and is
# passed over by others (ics); it takes 25 ideographic spaces.
GAP = re.compile(r"[^\S\n]{20,}")


def _unreadable() -> re.Pattern[str]:
    """Control characters but the line feed, half surrogates, which UTF-8 has no bytes
    for, a byte-order mark, and what Unicode keeps free for ever (U+FFFE, U+FFFF and
    their like): readers by way of XML refuse a whole calendar for one of these."""
    ranges = [(0, 9), (0xB, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF)]
    ranges += [(0xFEFF, 0xFEFF)]
    ranges += [(plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)]
    return re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in ranges) + "]")


UNREADABLE = _unreadable()


@lru_cache(maxsize=4096)
def clean_text(text: str) -> str:
    """NFC; nothing unreadable; U+2028 and its like, which end a line for some parsers,
    become line feeds, a tab or a very long gap one space. The library would take a typed
    `\\N` for a line feed, too."""
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    clean = unicodedata.normalize("NFC", UNREADABLE.sub("", lines))
    return GAP.sub(" ", clean.replace("\\N", "＼N")).strip()
