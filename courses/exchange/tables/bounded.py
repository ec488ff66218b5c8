"""One row, within what is read of a file."""

from courses.exchange.tables.limits import LONGEST_CELL, MOST_COLUMNS
from courses.exchange.tables.refused import CellTooLong, TooManyColumns


def bounded(row: list[str], line: int) -> list[str]:
    """Without the empty cells at its end. Raises: TooManyColumns, CellTooLong."""
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise TooManyColumns
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise CellTooLong(line)
    return row
