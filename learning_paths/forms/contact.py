"""連絡先 of a group, and what of it the public may read."""

from dataclasses import fields

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, PhoneField
from learning_paths.domain.contacting import Contact
from learning_paths.models import Group


class ContactForm(forms.Form):
    contact_name = forms.CharField(label=_("名前"), max_length=80, required=False)
    shows_contact_name = forms.BooleanField(label=_("名前を公開する"), required=False)
    contact_phone = PhoneField(label=_("電話番号"), required=False)
    shows_contact_phone = forms.BooleanField(label=_("電話番号を公開する"), required=False)
    contact_email = EmailField(
        label=_("メールアドレス"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    shows_contact_email = forms.BooleanField(
        label=_("メールアドレスを公開する"), required=False
    )

    def contact(self) -> Contact:
        """Call only on a valid form."""
        return Contact(**self.cleaned_data)


def contact_of(group: Group) -> dict[str, str | bool]:
    return {one.name: getattr(group, one.name) for one in fields(Contact)}
