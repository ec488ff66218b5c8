"""A workbook is weighed before the library opens it: a few kilobytes may unpack to millions
of marks, each of which becomes an object."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from courses.exchange.tables.limits import LARGEST_ROW, MOST_MARKS
from courses.exchange.tables.refused_kinds import DamagedWorkbook, HugeWorkbook

ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Behind the rows stand the joined cells, which are read one by one.
ROW = re.compile(rb"<(?:\w+:)?(?:row|mergeCell)[ />]")
SHEETS, TEXTS, MARKUP = "xl/worksheets/", "xl/sharedStrings.xml", (".xml", ".rels")
BLOCK, BEGINNING, OVERLAP = 1 << 18, 2000, 200


def weigh(content: bytes) -> None:
    """Raises: DamagedWorkbook, HugeWorkbook."""
    with ZipFile(BytesIO(content)) as folder:
        for name in folder.namelist():
            if not name.endswith(MARKUP):
                continue
            with folder.open(name) as part:
                # No office program writes entities; they are how a text becomes huge.
                if ENTITIES.search(part.read(BEGINNING)):
                    raise DamagedWorkbook
            with folder.open(name) as part:
                if name.startswith(SHEETS):
                    _require_rows(part)
                elif name != TEXTS:
                    _require_few_marks(part)


def _require_rows(part: IO[bytes]) -> None:
    """No row, and nothing before the first one, is endless."""
    since_row, kept = 0, b""
    for block in _blocks(part):
        kept = kept[-OVERLAP:] + block
        since_row = 0 if ROW.search(kept) else since_row + len(block)
        if since_row > LARGEST_ROW:
            raise HugeWorkbook


def _require_few_marks(part: IO[bytes]) -> None:
    marks = 0
    for block in _blocks(part):
        marks += block.count(b"<")
        if marks > MOST_MARKS:
            raise HugeWorkbook


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    while block := part.read(BLOCK):
        yield block
