"""A file as one table: how it is read is found out, shown, and can be put right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from courses.exchange.columns.column import Column
from courses.exchange.tables import delimited, workbook
from courses.exchange.tables.decoding import decode, encoding_of
from courses.exchange.tables.headings import heading_key, heading_line
from courses.exchange.tables.kinds import is_workbook
from courses.exchange.tables.limits import HEADING_WITHIN, MOST_ROWS
from courses.exchange.tables.merged_cells import merged_rows
from courses.exchange.tables.refused import FileEmpty, HeadingMissing, TooManyRows

TOTALS = frozenset({"合計", "計", "総計", "小計", "総合計", "合計人数", "以上", "total"})


@dataclass(frozen=True)
class Reading:
    """How the rows are found. `sheets` and `sheet` for a workbook, the other two else."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    heading: int = 1

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "sheets": list(self.sheets)}

    @classmethod
    def kept(cls, stored: Mapping[str, Any]) -> "Reading":
        known = cls.__dataclass_fields__
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True)
class TableRow:
    """`line` counts as a spreadsheet does. `merged` names cells joined with other rows."""

    line: int
    cells: Sequence[str]
    merged: str = ""


@dataclass
class Table:
    """`header` are the headings as written; `passed_over` fills while rows are read:
    lines that are a total or the heading once more."""

    reading: Reading
    header: list[str]
    content: bytes
    passed_over: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[TableRow]:
        """Raises: FileRefused."""
        heading = [heading_key(cell) for cell in self.header]
        merged = _merged(self.content, self.reading)
        count = 0
        for line, cells in enumerate(_rows(self.content, self.reading), start=1):
            if line <= self.reading.heading or not any(cell.strip() for cell in cells):
                continue
            if _is_total(cells) or [heading_key(cell) for cell in cells] == heading:
                self.passed_over.append(line)
                continue
            count += 1
            if count > MOST_ROWS:
                raise TooManyRows
            yield TableRow(line, cells, merged.get(line, ""))


def find_reading(content: bytes, columns: Sequence[Column]) -> Reading:
    """Raises: FileRefused."""
    if is_workbook(content):
        sheets = workbook.sheets_of(content)
        reading = Reading(sheet=sheets[0], sheets=sheets)
    else:
        encoding = encoding_of(content)
        sign = delimited.delimiter_of(decode(content, encoding))
        reading = Reading(encoding=encoding, delimiter=sign)
    return with_heading(content, reading, columns)


def with_heading(content: bytes, reading: Reading, columns: Sequence[Column]) -> Reading:
    """The same, with the line of the heading found anew. Raises: FileRefused."""
    first = islice(_rows(content, reading), HEADING_WITHIN)
    stored = {**reading.stored(), "heading": heading_line(first, columns)}
    return Reading.kept(stored)


def open_table(content: bytes, reading: Reading) -> Table:
    """Raises: FileRefused, HeadingMissing."""
    row = next(islice(_rows(content, reading), reading.heading - 1, None), None)
    if row is None:
        raise FileEmpty if reading.heading == 1 else HeadingMissing
    if not any(cell.strip() for cell in row):
        raise HeadingMissing
    return Table(reading, [cell.strip() for cell in row], content)


def _rows(content: bytes, reading: Reading) -> Iterator[list[str]]:
    if reading.sheet:
        return workbook.rows_of(content, reading.sheet)
    return delimited.rows_of(decode(content, reading.encoding), reading.delimiter)


def _merged(content: bytes, reading: Reading) -> dict[int, str]:
    return merged_rows(content, reading.sheet) if reading.sheet else {}


def _is_total(cells: Sequence[str]) -> bool:
    first = next(cell for cell in cells if cell.strip())
    return heading_key(first) in TOTALS
