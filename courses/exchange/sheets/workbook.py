"""A list as an Excel workbook: texts are texts, days are days, the heading stays in sight.
Rows are written as they come; none is kept."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from courses.exchange.columns.column import Column
from courses.exchange.sheets.sheet import Cell, Sheet, cell_of

TEXT, NUMBER, DAY, MOMENT = "@", "General", "yyyy/mm/dd", "yyyy/mm/dd hh:mm"
TO_THE_SECOND = "yyyy/mm/dd hh:mm:ss"
# Of a text that does not fit on one line, the lines are shown below each other.
LONG, ONE_LINE = "@ long", 60
SHEET_NAME = 31
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 8, 40
# By what a column holds, in signs of half width.
WIDTHS = {"Day": 12, "Moment": 18, "Number": 10, "LongText": 40, "Mail": 30, "Address": 30}


def write_xlsx(sheet: Sheet, to: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title.translate(NOT_IN_A_NAME)[:SHEET_NAME] or "1")
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = _width(column)
    page.append([_heading(page, text) for text in sheet.header])
    cells = _Cells(page, len(sheet.columns))
    for row in sheet.rows:
        page.append(
            [
                cells.holding(number, cell_of(column, row))
                for number, column in enumerate(sheet.columns)
            ]
        )
    book.save(to)


class _Cells:
    """One cell of each look per column, filled anew for each row: a row is written as
    soon as it is appended, and making 300,000 cells takes longer than writing them."""

    def __init__(self, page: Any, width: int) -> None:
        self.by_look: dict[str, list[Any]] = {}
        self.page, self.width = page, width

    def holding(self, number: int, value: Cell) -> Any:
        if value == "":
            return None
        look, kind = _look(value)
        if look not in self.by_look:
            self.by_look[look] = [_cell(self.page, look) for _each in range(self.width)]
        cell = self.by_look[look][number]
        if kind == "s":
            cell._value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
        else:
            cell._value = value
        # Said here, because the library takes a text that begins with = for a formula.
        cell.data_type = kind
        return cell


def _look(value: Cell) -> tuple[str, str]:
    if isinstance(value, datetime):
        return (TO_THE_SECOND if value.second else MOMENT), "d"
    if isinstance(value, date):
        return DAY, "d"
    if isinstance(value, int | float | Decimal):
        return NUMBER, "n"
    return (LONG if "\n" in value or len(value) > ONE_LINE else TEXT), "s"


def _cell(page: Any, look: str) -> Any:
    cell = WriteOnlyCell(page)
    cell.number_format = TEXT if look == LONG else look
    cell.alignment = Alignment(vertical="top", wrap_text=look == LONG)
    return cell


def _heading(page: Any, text: str) -> Any:
    cell = _cell(page, TEXT)
    cell.value, cell.data_type = text, "s"
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF0")
    return cell


def _width(column: Column) -> int:
    """Wide enough for the heading, whose signs are two wide."""
    usual = WIDTHS.get(type(column.widget).__name__, 16)
    return min(max(usual, 2 * len(column.heading) + 2, NARROWEST), WIDEST)
