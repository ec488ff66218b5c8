"""Fields that are tolerant of how people type and strict in what is kept."""

import unicodedata
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import phonenumbers
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import is_link, tidy_email, tidy_kana, tidy_text
from accounts.models.naming import katakana

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Before it no city kept the records that are copied here.
OLDEST_YEAR = 1900
# What a database can hold as the number of a row.
LONGEST_NUMBER = 18


# What is typed may be hiragana: the column's own sentence would ask for too much.
kana_typed = RegexValidator(katakana.regex, _("ひらがなかカタカナで入力してください。"))


def no_link(name: str) -> None:
    """Raises: ValidationError."""
    if is_link(name):
        raise forms.ValidationError(_("ウェブサイトのアドレスは入力できません。"))


class NameField(forms.CharField):
    default_validators = [no_link]

    def to_python(self, value: object) -> str:
        return tidy_text(super().to_python(value) or "")


class ReadingField(forms.CharField):
    """Takes hiragana and half-width kana, keeps full-width katakana; beside it letters and
    digits, as names of groups have them."""

    def to_python(self, value: object) -> str:
        return tidy_kana(super().to_python(value) or "")


class KanaField(ReadingField):
    """The reading of a person's name."""

    default_validators = [kana_typed]


class EmailField(forms.EmailField):
    """Takes full-width letters, keeps lower case; as long as a column holds."""

    default_error_messages = {
        "invalid": _("メールアドレスを確認してください（例 hanako@example.jp）。")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 254, **options})

    def to_python(self, value: object) -> str:
        return tidy_email(super().to_python(value) or "")


class PhoneField(forms.CharField):
    """A number as written in Japan, in half-width digits and hyphens; as long as a column
    holds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, **options})

    def to_python(self, value: object) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "").strip()
        for dash in "‐‑–—−ー":
            text = text.replace(dash, "-")
        return text

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        try:
            number = phonenumbers.parse(value, "JP")
        except phonenumbers.NumberParseException as error:
            raise self._unreadable() from error
        if not phonenumbers.is_possible_number(number):
            raise self._unreadable()

    def _unreadable(self) -> forms.ValidationError:
        return forms.ValidationError(
            _("電話番号を市外局番から入力してください（例 0420-12-3456）。"), code="invalid"
        )


class OwnEmailField(EmailField):
    """Typed by the person whose it is: the browser may fill it in (WCAG 1.3.5)."""

    default_error_messages = {"required": _("メールアドレスを入力してください。")}
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class OwnPhoneField(PhoneField):
    """As above."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
    )


class FormKeyField(forms.UUIDField):
    """A hidden mark by which a form sent twice is recognised. A damaged one is no fault
    of the person: the form then counts as a new one."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        try:
            return UUID(str(super().clean(value)))
        except forms.ValidationError:
            return uuid4()


def plausible(moment: date) -> None:
    """For days and moments that a city can mean. Raises: ValidationError."""
    _within(FIRST_YEAR, LAST_YEAR, moment)


def on_record(day: date) -> None:
    """For days of which old papers tell. Raises: ValidationError."""
    _within(OLDEST_YEAR, LAST_YEAR, day)


def _within(first: int, last: int, moment: date) -> None:
    if not first <= moment.year <= last:
        raise forms.ValidationError(
            _("%(first)d年から%(last)d年までの日付を入力してください。"),
            params={"first": first, "last": last},
        )


def row_number(text: str) -> int:
    """The number of a row that a form names; 0, which no row has, for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if plain else 0
