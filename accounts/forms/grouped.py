"""Fields of a long form under a few headings."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.forms import BaseForm, BoundField


class Group(NamedTuple):
    heading: Any
    fields: list[BoundField]


def groups_of(form: BaseForm, groups: Iterable[tuple[Any, Iterable[str]]]) -> list[Group]:
    """Names that the form does not have at the moment are left out."""
    found = (
        Group(heading, [form[name] for name in names if name in form.fields])
        for heading, names in groups
    )
    return [group for group in found if group.fields]
