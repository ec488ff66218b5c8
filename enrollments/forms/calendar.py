"""Naming a personal calendar's address, so that it can be told from the others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollments.models import CalendarToken


class CalendarNameForm(forms.Form):
    name = forms.CharField(
        label=_("使いみち"),
        max_length=CalendarToken._meta.get_field("name").max_length,
        required=False,
        help_text=_("例：自分のスマホ"),
    )
