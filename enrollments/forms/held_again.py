"""The address of somebody who wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField


class HeldAgainForm(forms.Form):
    email = EmailField(
        label=_("メールアドレス"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
