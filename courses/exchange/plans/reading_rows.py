"""A row is read cell by cell; each that cannot be read is named."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.exchange.columns.column import Circumstances, Column
from courses.exchange.plans.row import ReadRow


def read_row(
    line: int, cells: Mapping[str, str], columns: Sequence[Column], about: Circumstances
) -> ReadRow:
    """Every cell that cannot be read is named, not only the first."""
    about.notes = []
    values: dict[str, Any] = {}
    wrong = []
    for column in columns:
        if column.name not in cells:
            continue
        text = cells[column.name]
        try:
            values[column.name] = column.read(text, about)
        except ValueError as refused:
            wrong.append(f"{column.heading}: {refused}")
        else:
            if column.required and values[column.name] in ("", None):
                words = _("%(heading)sがありません。") % {"heading": column.heading}
                wrong.append(words)
    given = frozenset(
        name
        for name, value in values.items()
        if value is not None and value not in ("", ())
    )
    return ReadRow(line, values, given, about.notes, " ".join(wrong))
