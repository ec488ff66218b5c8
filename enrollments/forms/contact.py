"""Whose name it is, and how to reach them: one way is enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import (
    EmailField,
    NameField,
    OwnEmailField,
    OwnPhoneField,
    PhoneField,
)
from accounts.forms.postcode import PostalCodeField
from enrollments.forms.person import PersonForm

WAYS = ("email", "phone", "address")


class ContactForm(PersonForm):
    """As staff type it. Without any way, `unreached` is said at the field `unreached_at`,
    or above the form where none is named."""

    email = EmailField(label=_("メールアドレス"), required=False)
    phone = PhoneField(label=_("電話番号"), required=False)
    postal_code = PostalCodeField(help_text="")
    address = NameField(label=_("住所"), required=False, max_length=200)

    unreached_at: str | None = None
    unreached = _("連絡先を一つ以上入力してください。")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not any(found.get(name) or name in self.errors for name in WAYS):
            self.add_error(self.unreached_at, self.unreached)
        return found


class OwnContactForm(ContactForm):
    """As people type it of themselves."""

    email = OwnEmailField(label=_("メールアドレス"), required=False)
    phone = OwnPhoneField(
        label=_("電話番号"),
        required=False,
        help_text=_("日中に連絡のつく番号を入力してください。"),
    )
    postal_code = PostalCodeField()
    address = NameField(
        label=_("住所"),
        required=False,
        max_length=200,
        help_text=_("番地、建物名、部屋番号まで入力してください。"),
        error_messages={"required": _("住所を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    unreached_at = "email"
    unreached = _("メールアドレスか電話番号のどちらかを入力してください。")
