"""The address of somebody who wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import OwnEmailField


class HeldAgainForm(forms.Form):
    email = OwnEmailField(label=_("メールアドレス"))
