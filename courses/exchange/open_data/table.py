"""Rows as a CSV file: UTF-8 with a byte order mark, CRLF after every row, one heading."""

import csv
import io
from collections.abc import Iterator, Sequence

from courses.exchange.open_data.cells import cell
from courses.exchange.open_data.columns import Column, Row

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ROWS_AT_ONCE = 100


def write_table(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Iterator[bytes]:
    """In pieces of a hundred rows, so that no list is in memory twice."""
    yield BYTE_ORDER_MARK
    yield _lines([[column.heading for column in columns]])
    for first in range(0, len(rows), ROWS_AT_ONCE):
        yield _lines(
            [
                [cell(column.kind, column.value(row)) for column in columns]
                for row in rows[first : first + ROWS_AT_ONCE]
            ]
        )


def _lines(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")
