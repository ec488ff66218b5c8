"""A list as an Excel workbook: texts are texts, days are days, the heading stays in sight.
Rows are written as they come; none is kept."""

from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from courses.exchange.columns.column import Column
from courses.exchange.sheets.row_xml import LONG, LOOKS, TEXT, pieces_of
from courses.exchange.sheets.sheet import Sheet, cell_of

SHEET_NAME = 31
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")
NARROWEST, WIDEST = 8, 40
# By what a column holds, in signs of half width.
WIDTHS = {"Day": 12, "Moment": 18, "Number": 10, "LongText": 40, "Mail": 30, "Address": 30}
# Within the workbook: its only sheet, and where the rows of one end.
PART, END_OF_ROWS = "xl/worksheets/sheet1.xml", b"</sheetData>"
# Packs nearly as well as the usual level in a third of its time.
PACKING = 3


def write_xlsx(sheet: Sheet, to: IO[bytes]) -> None:
    """The library writes the workbook with its heading, and the rows go in behind it."""
    frame, styles = _frame(sheet)
    cells = ([cell_of(column, row) for column in sheet.columns] for row in sheet.rows)
    rows = pieces_of(cells, width=len(sheet.columns), styles=styles, first=2)
    with (
        ZipFile(BytesIO(frame)) as empty,
        ZipFile(to, "w", ZIP_DEFLATED, compresslevel=PACKING) as full,
    ):
        for name in empty.namelist():
            if name != PART:
                full.writestr(name, empty.read(name))
        head, end, tail = empty.read(PART).partition(END_OF_ROWS)
        with full.open(PART, "w", force_zip64=True) as part:
            part.write(head)
            for piece in rows:
                part.write(piece)
            part.write(end + tail)


def _frame(sheet: Sheet) -> tuple[bytes, dict[str, int]]:
    """The workbook without its rows, and the number that each look has in it."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title.translate(NOT_IN_A_NAME)[:SHEET_NAME] or "1")
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = _width(column)
    styles = {look: _cell(page, look).style_id for look in LOOKS}
    page.append([_heading(page, text) for text in sheet.header])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue(), styles


def _cell(page: Any, look: str) -> Any:
    cell = WriteOnlyCell(page)
    cell.number_format = TEXT if look == LONG else look
    cell.alignment = Alignment(vertical="top", wrap_text=look == LONG)
    return cell


def _heading(page: Any, text: str) -> Any:
    cell = _cell(page, TEXT)
    # Said here, because the library takes a text that begins with = for a formula.
    cell.value, cell.data_type = text, "s"
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF0")
    return cell


def _width(column: Column) -> int:
    """Wide enough for the heading, whose signs are two wide."""
    usual = WIDTHS.get(type(column.widget).__name__, 16)
    return min(max(usual, 2 * len(column.heading) + 2, NARROWEST), WIDEST)
