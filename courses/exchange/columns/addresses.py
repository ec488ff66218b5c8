"""Cells that hold the address of a mailbox or of a web page."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_email, tidy_text
from courses.exchange.columns.texts import plain, within


class Mail(Widget):
    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        text = tidy_email(plain(value))
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError as wrong:
            words = _("「%(text)s」はメールアドレスの形ではありません。")
            raise ValueError(words % {"text": text}) from wrong
        return within(text, 254)


class Address(Widget):
    """Of a web page."""

    def clean(self, value: Any, row: Any = None, **_more: Any) -> str:
        text = unicodedata.normalize("NFKC", tidy_text(plain(value)))
        if not text:
            return ""
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError as wrong:
            words = _("「%(text)s」はウェブサイトのアドレスの形ではありません。")
            raise ValueError(words % {"text": text}) from wrong
        return within(text, 500)
