"""The rows of one sheet as texts: values only, formulas are never reckoned and links
never followed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as UnpackError

from openpyxl import load_workbook

from accounts.domain.refusal import Refusal
from courses.exchange.tables.bounded import bounded
from courses.exchange.tables.cell_texts import text_of
from courses.exchange.tables.limits import MOST_COLUMNS, MOST_ROWS
from courses.exchange.tables.refused import TooManyColumns, TooManyRows
from courses.exchange.tables.refused_kinds import (
    DamagedWorkbook,
    NoVisibleSheet,
    SheetMissing,
)
from courses.exchange.tables.weighing import weigh

MOST_GAPS = 1000
DAMAGE: tuple[type[Exception], ...] = (
    *(BadZipFile, UnpackError, ParseError, EOFError, OSError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError),
)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """Whatever the library trips over is a damaged file. Raises: DamagedWorkbook."""
    book = None
    try:
        book = load_workbook(
            BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        yield book
    except Refusal:
        raise
    except DAMAGE as damage:
        raise DamagedWorkbook from damage
    finally:
        if book is not None:
            book.close()


def sheets_of(content: bytes) -> list[str]:
    """Names of the sheets that are shown; hidden ones are nobody's list.

    Raises: DamagedWorkbook, NoVisibleSheet.
    """
    try:
        weigh(content)
    except DAMAGE as damage:
        raise DamagedWorkbook from damage
    with opened(content) as book:
        names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    if not names:
        raise NoVisibleSheet
    return names


def rows_of(content: bytes, sheet: str) -> Iterator[list[str]]:
    """Raises: DamagedWorkbook, SheetMissing, TooManyColumns, TooManyRows, CellTooLong."""
    with opened(content) as book:
        if sheet not in book.sheetnames:
            raise SheetMissing
        found = book[sheet]
        found.reset_dimensions()
        gaps = 0
        for number, cells in enumerate(found.iter_rows(values_only=True), start=1):
            row = _texts(cells, number)
            gaps = 0 if row else gaps + 1
            if gaps > MOST_GAPS:
                return
            if number > MOST_ROWS + MOST_GAPS:
                raise TooManyRows
            yield row


def _texts(cells: Sequence[Any], number: int) -> list[str]:
    """A sheet may be 16,384 columns wide for nothing but its looks."""
    end = len(cells)
    while end and cells[end - 1] in (None, ""):
        end -= 1
    if end > MOST_COLUMNS:
        raise TooManyColumns
    return bounded([text_of(cell) for cell in cells[:end]], number)
