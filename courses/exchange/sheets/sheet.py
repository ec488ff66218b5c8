"""What a file holds: columns, and the rows from which each column takes its cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from courses.exchange.columns.column import Column
from courses.exchange.sheets.neutral import neutral

Cell = str | int | float | Decimal | date | datetime
# What no workbook may hold, and no text needs. Gone before a text is made neutral, or what
# comes behind it would be the first sign.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """`rows` is gone through once, in order; `title` names the sheet of a workbook."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    @property
    def header(self) -> list[str]:
        return [neutral(column.heading) for column in self.columns]

    def texts(self) -> Iterator[list[str]]:
        for row in self.rows:
            yield [text_of(column, row) for column in self.columns]


def text_of(column: Column, row: Any) -> str:
    value = column.get_value(row)
    if value is None or value == "":
        return ""
    return _text(column, value)


def cell_of(column: Column, row: Any) -> Cell:
    """A number or a day where the value is one; codes, phones and postcodes are texts."""
    value = column.get_value(row)
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    # A word of a list may be kept as a number, as a school year is.
    is_plain = isinstance(value, date | int | Decimal) and not isinstance(value, bool)
    if is_plain and not hasattr(column.widget, "choices"):
        plain: Cell = value
        return plain
    return _text(column, value)


def _text(column: Column, value: Any) -> str:
    text = UNPRINTABLE.sub("", column.widget.render(value))
    return neutral(text.replace("\r\n", "\n"))
