"""A list as CSV: UTF-8 with a byte order mark, or CP932 for programs that know no other.
What CP932 does not have is named, never lost silently."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import IO

from courses.exchange.sheets.sheet import Sheet

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINES_AT_ONCE = 500
CP932 = "cp932"
# The mark that Japanese printers put where a type is missing.
MISSING = "〓"
# Signs that look the same and that CP932 has under another number.
ALIKE = {
    "\u301c": "\uff5e",  # 〜 wave dash
    "\u2212": "\uff0d",  # − minus
    "\u2016": "\u2225",  # ‖ double line
    "\u2014": "\u2015",  # — dash
    "\u00a2": "\uffe0",  # ¢
    "\u00a3": "\uffe1",  # £
    "\u00ac": "\uffe2",  # ¬
}


@dataclass(frozen=True)
class Unmappable:
    """`line` counts as a spreadsheet does, the heading being 1."""

    line: int
    heading: str
    sign: str
    instead: str


def write_utf8(sheet: Sheet, to: IO[bytes]) -> None:
    to.write(BYTE_ORDER_MARK)
    lines = StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    for number, row in enumerate(chain([sheet.header], sheet.texts())):
        writer.writerow(row)
        if number % LINES_AT_ONCE == 0:
            _hand_over(lines, to, "utf-8")
    _hand_over(lines, to, "utf-8")


def write_cp932(sheet: Sheet, to: IO[bytes]) -> list[Unmappable]:
    """What was replaced, and by what; whoever hands the file out asks first."""
    found: list[Unmappable] = []
    lines = StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    for number, row in enumerate(chain([sheet.header], sheet.texts()), start=1):
        missing = _missing(row, sheet.header, number)
        found += missing
        writer.writerow(_replaced(row, missing) if missing else row)
        if number % LINES_AT_ONCE == 0:
            _hand_over(lines, to, CP932)
    _hand_over(lines, to, CP932)
    return found


def _missing(row: Sequence[str], header: Sequence[str], line: int) -> list[Unmappable]:
    if _fits("".join(row)):
        return []
    return [
        Unmappable(line, heading, sign, ALIKE.get(sign, MISSING))
        for heading, text in zip(header, row, strict=True)
        for sign in dict.fromkeys(text)
        if not _fits(sign)
    ]


def _fits(text: str) -> bool:
    """And comes back the same: the codec takes ～ for 〜 without saying so."""
    try:
        return text.encode(CP932).decode(CP932) == text
    except UnicodeEncodeError:
        return False


def _replaced(row: Sequence[str], missing: Sequence[Unmappable]) -> list[str]:
    instead = str.maketrans({one.sign: one.instead for one in missing})
    return [text.translate(instead) for text in row]


def _hand_over(lines: StringIO, to: IO[bytes], encoding: str) -> None:
    to.write(lines.getvalue().encode(encoding))
    lines.seek(0)
    lines.truncate()
