"""Somebody at the door who has not applied: a name, its reading, perhaps a telephone."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PhoneField
from enrollments.forms.person import PersonForm


class WalkInForm(PersonForm):
    """`key` is made when the form is shown, so that sending it again adds nobody."""

    phone = PhoneField(label=_("電話番号"), required=False)
    why_more_places = forms.CharField(
        label=_("定員を増やす理由"), required=False, max_length=200
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
