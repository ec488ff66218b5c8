"""The names and contacts of an application, to be put right by staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, NameField, PhoneField
from accounts.forms.postcode import PostalCodeField
from enrollments.domain.correcting import Contact
from enrollments.forms.person import PersonForm
from enrollments.models import Application

COLUMNS = (
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "email",
    "phone",
    "postal_code",
    "address",
)


class CorrectionForm(PersonForm):
    email = EmailField(label=_("メールアドレス"), required=False)
    phone = PhoneField(label=_("電話番号"), required=False, max_length=20)
    postal_code = PostalCodeField(help_text="")
    address = NameField(label=_("住所"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        ways = ("email", "phone", "address")
        if not any(found.get(name) or name in self.errors for name in ways):
            raise forms.ValidationError(_("連絡先を一つ以上入力してください。"))
        return found

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in COLUMNS})


def contact_of(application: Application) -> dict[str, str]:
    return {name: getattr(application, name) for name in COLUMNS}
