"""A data set is an ordered list of columns; everything else follows from it: the file,
its validation, the explanation for readers and the report of what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")


class Kind(models.TextChoices):
    """What a column holds, in words for readers."""

    CODE = "code", _("数字だけの番号")
    TEXT = "text", _("文字")
    PROSE = "prose", _("文章（改行あり）")
    DATE = "date", _("日付（YYYY-MM-DD）")
    TIME = "time", _("時刻（HH:MM）")
    NUMBER = "number", _("数")
    DEGREES = "degrees", _("度（小数6けた、世界測地系）")
    PHONE = "phone", _("電話番号（半角）")
    URL = "url", _("アドレス")
    OBJECT = "object", _("項目の組")
    LIST = "list", _("並び")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`value` is none or empty where the fact is not known; `about` explains it."""

    heading: str
    value: Callable[[Row], object]
    kind: Kind = Kind.TEXT
    required: bool = False
    about: str | Promise = ""


def gaps(columns: Sequence[Column[Row]], row: Row) -> tuple[Column[Row], ...]:
    """The required columns that the row leaves empty."""
    return tuple(
        column
        for column in columns
        if column.required and column.value(row) in (None, "", (), [], {})
    )


def complete(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> list[Row]:
    """A row with a gap is left out rather than published with an empty required cell:
    one such cell makes validators refuse the whole file."""
    return [row for row in rows if not gaps(columns, row)]
