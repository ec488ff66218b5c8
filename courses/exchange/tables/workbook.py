"""The rows of one sheet as texts: values only, formulas are never reckoned and links
never followed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as UnpackError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from accounts.domain.refusal import Refusal
from courses.exchange.tables.limits import (
    LARGEST_ROW,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
)
from courses.exchange.tables.refused import (
    CellTooLong,
    DamagedWorkbook,
    HugeWorkbook,
    NoVisibleSheet,
    SheetMissing,
    TooManyColumns,
    TooManyRows,
)

MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
ROW = re.compile(rb"<(?:\w+:)?row[ >]|<(?:\w+:)?mergeCell ")
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BLOCK = 1 << 20
OVERLAP = 200
MOST_GAPS = 1000
# As people see it in a cell that holds a moment, a day or a time.
MOMENT, DAY, TIME = "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%H:%M:%S"
DAMAGE: tuple[type[Exception], ...] = (
    *(BadZipFile, UnpackError, ParseError, EOFError, OSError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError),
)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
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
    _require_no_entities(content)
    with _opened(content) as book:
        names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    if not names:
        raise NoVisibleSheet
    return names


def rows_of(content: bytes, sheet: str) -> Iterator[list[str]]:
    """Raises: DamagedWorkbook, SheetMissing, TooManyColumns, TooManyRows, CellTooLong."""
    with _opened(content) as book:
        if sheet not in book.sheetnames:
            raise SheetMissing
        found = book[sheet]
        found.reset_dimensions()
        gaps = 0
        for number, cells in enumerate(found.iter_rows(values_only=True), start=1):
            row = _texts(islice(cells, MOST_COLUMNS + 1), number)
            gaps = 0 if row else gaps + 1
            if gaps > MOST_GAPS:
                return
            if number > MOST_ROWS + MOST_GAPS:
                raise TooManyRows
            yield row


def _texts(cells: Iterator[Any], number: int) -> list[str]:
    row = [_text(cell) for cell in cells]
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise TooManyColumns
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise CellTooLong(number)
    return row


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "○" if value else ""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.strftime(DAY if midnight else MOMENT)
    if isinstance(value, date):
        return value.strftime(DAY)
    if isinstance(value, time):
        return value.strftime(TIME)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def merged_rows(content: bytes, sheet: str) -> dict[int, str]:
    """Rows that share a cell with another row, and which: what stands in one of them is
    meant for all, but the file says it once. Cells joined within a row harm nobody.

    Raises: DamagedWorkbook, SheetMissing, HugeWorkbook (a row without end).
    """
    with _opened(content) as book:
        if sheet not in book.sheetnames:
            raise SheetMissing
        part = str(book[sheet]._worksheet_path)
        found: dict[int, str] = {}
        for ref in _merged(content, part):
            _left, top, _right, bottom = range_boundaries(ref)
            if top is None or bottom is None or bottom == top:
                continue
            for line in range(top, min(bottom, MOST_ROWS + MOST_GAPS) + 1):
                found.setdefault(line, ref)
        return found


def _merged(content: bytes, part: str) -> Iterator[str]:
    """They stand behind the cells, so the part is read through, a block at a time."""
    kept, since_row = b"", 0
    seen: set[bytes] = set()
    with ZipFile(BytesIO(content)) as folder, folder.open(part.lstrip("/")) as stream:
        while block := stream.read(BLOCK):
            kept = kept[-OVERLAP:] + block
            since_row = 0 if ROW.search(kept) else since_row + len(block)
            if since_row > LARGEST_ROW:
                raise HugeWorkbook
            for ref in MERGED.findall(kept):
                if ref not in seen:
                    seen.add(ref)
                    yield ref.decode()


def _require_no_entities(content: bytes) -> None:
    """No office program writes them; they are how a small text becomes a huge one."""
    try:
        with ZipFile(BytesIO(content)) as folder:
            for name in folder.namelist():
                if name.endswith((".xml", ".rels")):
                    with folder.open(name) as part:
                        if ENTITIES.search(part.read(2000)):
                            raise DamagedWorkbook
    except DAMAGE as damage:
        raise DamagedWorkbook from damage
