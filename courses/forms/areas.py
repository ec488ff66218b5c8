"""Choosing a part of the city. What was said before stays choosable, also when no venue
stands there any more."""

from collections.abc import Iterable

from django import forms

from courses.domain.areas import areas_of_city


def offer_areas(
    field: forms.Field, *, now: Iterable[str] = (), empty: str = "", first: str = ""
) -> None:
    """`empty` is what choosing none means; without it, choosing none has no line. `first`
    stands before the areas."""
    assert isinstance(field, forms.ChoiceField)
    names = dict.fromkeys(filter(None, [first, *areas_of_city(), *now]))
    none = [("", empty)] if empty else []
    field.choices = [*none, *((name, name) for name in names)]
