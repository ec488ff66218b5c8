"""The rows of a worksheet as it stores them: the library makes an object of each cell,
which for 400,000 of them takes longer than everything else about a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from courses.exchange.sheets.sheet import Cell

TEXT, NUMBER, DAY, MOMENT = "@", "General", "yyyy/mm/dd", "yyyy/mm/dd hh:mm"
TO_THE_SECOND = "yyyy/mm/dd hh:mm:ss"
# Of a text that does not fit on one line, the lines are shown below each other.
LONG, ONE_LINE = "@ long", 60
LOOKS = (TEXT, LONG, NUMBER, DAY, MOMENT, TO_THE_SECOND)
LONGEST_CELL = 32_767
ROWS_AT_ONCE = 200


def pieces_of(
    rows: Iterable[Sequence[Cell]], *, width: int, styles: Mapping[str, int], first: int
) -> Iterator[bytes]:
    """From line `first` on; `styles` leads from a look to its number in the workbook."""
    letters = [get_column_letter(number) for number in range(1, width + 1)]
    kept: list[str] = []
    for line, row in enumerate(rows, start=first):
        kept.append(f'<row r="{line}">')
        kept += [
            _cell(f"{letter}{line}", value, styles)
            for letter, value in zip(letters, row, strict=True)
            if value != ""
        ]
        kept.append("</row>")
        if line % ROWS_AT_ONCE == 0:
            yield "".join(kept).encode()
            kept.clear()
    yield "".join(kept).encode()


def _cell(place: str, value: Cell, styles: Mapping[str, int]) -> str:
    """A text says that it is one: nothing that begins with = becomes a formula."""
    if isinstance(value, str):
        look = LONG if "\n" in value or len(value) > ONE_LINE else TEXT
        text = _escaped(value[:LONGEST_CELL])
        # Without it the spaces at the ends would be lost.
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return (
            f'<c r="{place}" s="{styles[look]}" t="inlineStr">'
            f"<is><t{space}>{text}</t></is></c>"
        )
    look, number = _number(value)
    return f'<c r="{place}" s="{styles[look]}"><v>{number}</v></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _number(value: int | float | Decimal | date) -> tuple[str, object]:
    if isinstance(value, datetime):
        return (TO_THE_SECOND if value.second else MOMENT), to_excel(value)
    if isinstance(value, date):
        return DAY, to_excel(value)
    return NUMBER, value
