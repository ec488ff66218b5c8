"""What a row tells otherwise than it is, field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses.exchange.columns.column import Column
from courses.exchange.plans.row import Changes

# Of the words of a change as many as fit beside each other on a screen.
SHOWN = 300


def differences(
    columns: Sequence[Column], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Changes:
    """Of what `after` tells, what is not so yet."""
    by_name = {column.name: column for column in columns}
    found: Changes = {}
    for name, value in after.items():
        if before.get(name) != value:
            column = by_name[name]
            was, now = (column.widget.render(one) for one in (before.get(name), value))
            found[column.heading] = [str(was)[:SHOWN], str(now)[:SHOWN]]
    return found
