"""What was kept before and after an import, as texts: enough to undo it, and to see that
nobody has changed it since."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.exchange.columns.column import Column
from courses.exchange.plans.resource import BuiltUpon

Texts = dict[str, str]


def texts_of(columns: Sequence[Column], facts: Mapping[str, Any]) -> Texts:
    """Each fact as it would be written into a list."""
    by_name = {column.name: column for column in columns}
    return {name: str(by_name[name].widget.render(value)) for name, value in facts.items()}


def facts_of(columns: Sequence[Column], texts: Mapping[str, str]) -> dict[str, Any]:
    """And read back."""
    by_name = {column.name: column for column in columns}
    return {name: by_name[name].widget.clean(text) for name, text in texts.items()}


def require_unchanged(
    columns: Sequence[Column],
    now: Mapping[str, Any],
    after: Mapping[str, str],
    name: object,
) -> None:
    """`after` is how the import left it. Raises: BuiltUpon."""
    kept = texts_of(columns, {field: now[field] for field in after})
    changed = [field for field, text in after.items() if kept[field] != text]
    if changed:
        headings = {column.name: column.heading for column in columns}
        words = _("「%(name)s」は、取込みのあとに変わりました（%(fields)s）。")
        fields = "、".join(headings[field] for field in changed)
        raise BuiltUpon(words % {"name": name, "fields": fields})
