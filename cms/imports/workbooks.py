"""Files to take away: the refused rows with their reasons, in the columns of the file, and
an example of each kind. Cells are texts and neutral, so that none is ever a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cms.models import ImportUpload
from courses.enums import RowOutcome
from courses.exchange.columns.column import Column
from courses.exchange.sheets.neutral import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 16


def refused_rows(upload: ImportUpload) -> bytes:
    """Line by line as it was in the file, with 理由 behind."""
    rows = upload.rows.filter(outcome=RowOutcome.REFUSED).order_by("line")
    header = [*upload.header, _("理由"), _("元の行")]
    width = len(upload.header)
    found = rows.values_list("cells", "reason", "line").iterator(chunk_size=500)
    return workbook(
        header, (_cells(cells, width, reason, line) for cells, reason, line in found)
    )


def _cells(cells: Sequence[str], width: int, reason: str, line: int) -> list[str]:
    filled = [*cells, *[""] * (width - len(cells))][:width]
    return [*filled, reason, str(line)]


def example(columns: Sequence[Column]) -> bytes:
    """Headings and one row, to be written over."""
    shown = [column for column in columns if column.example or column.required]
    header = [column.heading for column in shown]
    return workbook(header, [[column.example for column in shown]])


def workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("一覧"))
    sheet.freeze_panes = "A2"
    for number in range(len(header)):
        sheet.column_dimensions[get_column_letter(number + 1)].width = WIDTH
    sheet.append([_text(sheet, cell, bold=True) for cell in header])
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _text(sheet: Any, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.value = neutral(ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
