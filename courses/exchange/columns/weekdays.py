"""Cells that name days of the week: 月・火, 毎週月曜, 1 for Monday."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from courses.exchange.columns.texts import plain

DAYS = "月火水木金土日"
AROUND = re.compile(r"毎週|曜日?|[\s・、,/]")
NONE = frozenset({"なし", "無", "無休", "年中無休"})


class Weekdays(Widget):
    """Digits from 1 (Monday) to 7."""

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        text = unicodedata.normalize("NFKC", plain(value)).strip()
        if text in NONE:
            return ""
        signs = AROUND.sub("", text)
        if not all(sign in DAYS or sign in "1234567" for sign in signs):
            words = _("「%(text)s」を曜日として読めません。月・火 のように書いてください。")
            raise ValueError(words % {"text": text})
        digits = {sign if sign.isdigit() else str(DAYS.index(sign) + 1) for sign in signs}
        return "".join(sorted(digits))

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return "・".join(DAYS[int(digit) - 1] for digit in value or "")
