"""Fields as the forms of the back office have many of them."""

from typing import Any

from django import forms

from accounts.forms.fields import plausible


def number_field(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def words_field(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def tick_field(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def capacity_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    return number_field(label, 0, 100_000, required=False, help_text=help_text)
