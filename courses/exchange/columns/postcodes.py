"""Postcodes, also those whose first 0 Excel took."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_text
from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.numbers import DASHES
from courses.exchange.columns.texts import plain


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
