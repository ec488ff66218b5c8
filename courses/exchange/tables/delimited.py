"""The rows of a text with separators, read strictly: a broken quote is refused instead of
swallowing half the file."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from courses.exchange.tables.bounded import bounded
from courses.exchange.tables.limits import LONGEST_CELL, MOST_COLUMNS
from courses.exchange.tables.refused import BrokenQuotes, FileRefused, TooManyColumns

DELIMITERS = (",", "\t", ";")
LOOKED_AT = 30
# Ten million commas in one line would be ten million cells before anybody counts them.
LONGEST_ROW = MOST_COLUMNS * LONGEST_CELL


class Lines:
    """The lines of a text, one after the other, until a row of them has no end. `held` is
    how many signs of the row have been read; whoever has a whole row begins anew with 0."""

    def __init__(self, text: str) -> None:
        # newline="": a break within a cell stays part of it.
        self.lines, self.held = StringIO(text, newline=""), 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        """Raises: TooManyColumns."""
        line = next(self.lines)
        self.held += len(line)
        if self.held > LONGEST_ROW:
            raise TooManyColumns
        return line


def delimiter_of(text: str) -> str:
    """The sign that cuts most of the first rows into the same number of cells."""
    return max(DELIMITERS, key=lambda sign: _score(text, sign))


def _score(text: str, sign: str) -> tuple[int, int]:
    widths, lines = [], Lines(text)
    try:
        for row in islice(csv.reader(lines, delimiter=sign), LOOKED_AT):
            widths.append(len(row))
            lines.held = 0
    except (csv.Error, FileRefused):
        pass
    wide = [width for width in widths if width > 1]
    usual = max(wide, key=wide.count, default=0)
    return wide.count(usual), usual


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Raises: BrokenQuotes, TooManyColumns, CellTooLong."""
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        begun = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as wrong:
            raise BrokenQuotes(begun) from wrong
        if row is None:
            return
        number, lines.held = number + 1, 0
        yield bounded(row, number)
