"""What the font cannot show is printed as 〓, as printers do, and named, never dropped."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from accounts.exchange.paper.font import signs_of_the_font

GETA = "〓"
VOICED = re.compile("[\u3041-\u30ff][\u3099\u309a]")
LAYOUT = frozenset("\n")
UNSEEN = ("Cc", "Cf")
# Choose between forms of the sign before them.
SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])

Fact = str | int | float | bool | None | Sequence["Fact"] | Mapping[str, "Fact"]


def printable(fact: Fact, missing: set[str]) -> Fact:
    """The same fact with every text in it printable; adds to `missing` what was not."""
    if isinstance(fact, str):
        return printable_text(fact, missing)
    if isinstance(fact, Mapping):
        return {key: printable(value, missing) for key, value in fact.items()}
    if isinstance(fact, Sequence) and not isinstance(fact, bytes):
        return [printable(value, missing) for value in fact]
    return fact


def printable_text(text: str, missing: set[str]) -> str:
    """A form chosen by a selector (葛󠄀) is printed in the usual form and named, too."""
    known = signs_of_the_font()
    text = VOICED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    shown: list[str] = []
    for sign in text.replace("\r\n", "\n").replace("\t", " "):
        if ord(sign) in SELECTORS:
            if shown and shown[-1] != GETA:
                missing.add(shown[-1] + sign)
        elif sign in LAYOUT:
            shown.append(sign)
        elif unicodedata.category(sign) in UNSEEN:
            continue
        elif ord(sign) in known:
            shown.append(sign)
        else:
            missing.add(sign)
            shown.append(GETA)
    return "".join(shown)


def missing_in(texts: Sequence[str]) -> list[str]:
    """What of these texts has to be written by hand, in the order of Unicode."""
    missing: set[str] = set()
    printable(texts, missing)
    return sorted(missing)
