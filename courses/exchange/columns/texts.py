"""Cells that are read as text: as it is, as a reading in kana, as a mail address, as one
word of a list."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_kana, tidy_text
from courses.exchange.sheets.neutral import as_it_was

KANA = re.compile(r"^[ァ-ヶーヴ・=゠ヽヾ 　]*$")

LOST = "\ufffd"


def plain(value: Any) -> str:
    """Without the apostrophe that keeps a text from being a formula.

    Raises: ValueError where signs were lost when the file was saved.
    """
    text = "" if value is None else as_it_was(str(value))
    if LOST in text:
        raise ValueError(_("文字が壊れています。元のファイルを保存し直してください。"))
    return text


class Text(Widget):
    """One line, at most `most` signs."""

    def __init__(self, most: int = 200) -> None:
        super().__init__()
        self.most = most

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        return within(tidy_text(plain(value)), self.most)


class LongText(Text):
    """Several lines."""

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        lines = plain(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return within("\n".join(tidy_text(line) for line in lines).strip(), self.most)


class Code(Text):
    """Half-width letters and digits, as a code is written."""

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value))).replace(" ", "")
        return within(text, self.most)


class Kana(Text):
    """Hiragana and half-width kana become full-width katakana."""

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        text = within(tidy_kana(plain(value)), self.most)
        if not KANA.match(text):
            words = _("「%(text)s」をカナで読めません。ひらがなかカタカナにしてください。")
            raise ValueError(words % {"text": text})
        return text


def within(text: str, most: int) -> str:
    if len(text) > most:
        words = _("長すぎます（%(most)d字まで）。")
        raise ValueError(words % {"most": most})
    return text
