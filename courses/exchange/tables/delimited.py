"""The rows of a text with separators, read strictly: a broken quote is refused instead of
swallowing half the file."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from courses.exchange.tables.bounded import bounded
from courses.exchange.tables.refused import BrokenQuotes

DELIMITERS = (",", "\t", ";")
LOOKED_AT = 30


def delimiter_of(text: str) -> str:
    """The sign that cuts most of the first rows into the same number of cells."""
    return max(DELIMITERS, key=lambda sign: _score(text, sign))


def _score(text: str, sign: str) -> tuple[int, int]:
    widths = []
    try:
        for row in islice(csv.reader(StringIO(text), delimiter=sign), LOOKED_AT):
            widths.append(len(row))
    except csv.Error:
        pass
    wide = [width for width in widths if width > 1]
    usual = max(wide, key=wide.count, default=0)
    return wide.count(usual), usual


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Raises: BrokenQuotes, TooManyColumns, CellTooLong."""
    # newline="": a break within a cell stays part of it.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        begun = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as wrong:
            raise BrokenQuotes(begun) from wrong
        if row is None:
            return
        number += 1
        yield bounded(row, number)
