"""Cells of a sheet that are joined with other rows."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries

from courses.exchange.tables.limits import (
    LARGEST_ROW,
    MOST_ROWS,
)
from courses.exchange.tables.refused_kinds import (
    HugeWorkbook,
    SheetMissing,
)
from courses.exchange.tables.workbook import MOST_GAPS, opened

MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
ROW = re.compile(rb"<(?:\w+:)?row[ >]|<(?:\w+:)?mergeCell ")
BLOCK = 1 << 20
OVERLAP = 200


def merged_rows(content: bytes, sheet: str) -> dict[int, str]:
    """Rows that share a cell with another row, and which: what stands in one of them is
    meant for all, but the file says it once. Cells joined within a row harm nobody.

    Raises: DamagedWorkbook, SheetMissing, HugeWorkbook (a row without end).
    """
    with opened(content) as book:
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
