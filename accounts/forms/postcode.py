"""A postcode as people write it, kept as seven digits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_digits


class PostalCodeField(forms.CharField):
    """Takes `〒180-0022`, full-width digits and any dash. Filled in, it fills the address
    (`postcode.js`, or a button without a script)."""

    def __init__(self, **options: object) -> None:
        attrs = {
            "autocomplete": "postal-code",
            "inputmode": "numeric",
            "class": "field__short",
            "data-postcode": "",
        }
        defaults = {
            "label": _("郵便番号"),
            "required": False,
            "max_length": 12,
            "help_text": _("7桁の数字を入力すると、住所の町名までが入ります。"),
            "widget": forms.TextInput(attrs=attrs),
        }
        super().__init__(**{**defaults, **options})  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        typed = str(super().to_python(value) or "")
        digits = tidy_digits(typed)
        if typed.strip() and len(digits) != 7:
            raise forms.ValidationError(
                _("郵便番号は7桁の数字で入力してください。"), code="invalid"
            )
        return digits
