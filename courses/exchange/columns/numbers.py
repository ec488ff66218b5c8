"""Cells that are numbers: counts, telephone numbers, postcodes, and what Excel made of
them by taking their first 0."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_text
from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.texts import plain

DASHES = re.compile(r"[‐‑–—−ー―ｰ]")
UNITS = re.compile(r"(名|人|組|円|歳|才|回|%)$")
WHOLE = re.compile(r"^\d{1,9}$")
# What stands before or after a number in one cell.
AROUND = re.compile(r"^(?:tel|電話|携帯|自宅)[:：.]?\s*|\s*[((].*[))]$", re.IGNORECASE)
MOBILE = re.compile(r"^[5789]0\d{8}$")


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


class Phone(Widget):
    """As written, in half-width. A 0 that Excel took is put back where the number is one
    only with it, and noted."""

    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> str:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value)))
        text = AROUND.sub("", DASHES.sub("-", text)).strip()
        if not text:
            return ""
        digits = re.sub(r"\D", "", text)
        if is_number(text):
            return text if len(text) <= 20 else digits
        restored = with_first_zero(text, digits)
        if not restored:
            words = _(
                "「%(text)s」を電話番号として読めません。市外局番から書いてください。"
            )
            raise ValueError(words % {"text": text})
        if about is not None:
            words = _("電話番号のはじめの0を補いました（%(number)s）。")
            about.notes.append(words % {"number": restored})
        return restored


def with_first_zero(text: str, digits: str) -> str:
    """9012345678 → 09012345678; empty where it stays doubtful. A number of nine digits
    is a land line, of ten a mobile one: others had their 0."""
    if digits.startswith("0") or text.startswith("+"):
        return ""
    fits = len(digits) == 9 or (len(digits) == 10 and MOBILE.match(digits))
    restored = f"0{text}"
    return restored if fits and is_number(restored) else ""


def is_number(text: str) -> bool:
    """Whether it can be dialled in Japan."""
    if not text.startswith(("0", "+")):
        return False
    try:
        number = phonenumbers.parse(text, "JP")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


class Postcode(Widget):
    """Seven digits; 600001 was 0600001 before Excel took it for a number."""

    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> str:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value)))
        if not text:
            return ""
        digits = re.sub(r"\D", "", DASHES.sub("-", text))
        if len(digits) == 7:
            return digits
        if len(digits) == 6 and digits == text:
            if about is not None:
                words = _("郵便番号のはじめの0を補いました（%(code)s）。")
                about.notes.append(words % {"code": f"0{digits}"})
            return f"0{digits}"
        words = _("「%(text)s」を郵便番号として読めません。7けたで書いてください。")
        raise ValueError(words % {"text": text})

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return f"{value[:3]}-{value[3:]}" if value and len(value) == 7 else value or ""
