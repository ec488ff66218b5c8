"""Telephone numbers as they are written in Japan, and as Excel leaves them."""

import re
import unicodedata
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_text
from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.numbers import DASHES
from courses.exchange.columns.texts import plain

# What stands before or after a number in one cell.
AROUND = re.compile(r"^(?:tel|電話|携帯|自宅)[:：.]?\s*|\s*[((].*[))]$", re.IGNORECASE)
MOBILE = re.compile(r"^[5789]0\d{8}$")


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
