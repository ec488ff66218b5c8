"""Cells that are numbers: counts, telephone numbers, postcodes, and what Excel made of
them by taking their first 0."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_text
from courses.exchange.columns.texts import plain

DASHES = re.compile(r"[‐‑–—−ー―ｰ]")

UNITS = re.compile(r"(名|人|組|円|歳|才|回|%)$")

WHOLE = re.compile(r"^\d{1,9}$")


class Number(Widget):
    def __init__(self, least: int = 0, most: int = 999_999_999) -> None:
        super().__init__()
        self.least, self.most = least, most

    def clean(self, value: Any, row: Any = None, **_more: Any) -> int | None:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value))).replace(",", "")
        if not text:
            return None
        bare = UNITS.sub("", text.replace(" ", ""))
        if bare.endswith(".0"):
            bare = bare[:-2]
        if not WHOLE.match(bare) or not self.least <= int(bare) <= self.most:
            words = _("「%(text)s」を数として読めません。")
            raise ValueError(words % {"text": text})
        return int(bare)


class Degrees(Widget):
    def clean(self, value: Any, row: Any = None, **_more: Any) -> Decimal | None:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value)))
        if not text:
            return None
        try:
            number = Decimal(text).quantize(Decimal("0.000001"))
        except InvalidOperation as wrong:
            words = _("「%(text)s」を数として読めません。")
            raise ValueError(words % {"text": text}) from wrong
        if not number.is_finite() or abs(number) > 180:
            words = _("「%(text)s」を数として読めません。")
            raise ValueError(words % {"text": text})
        return number
