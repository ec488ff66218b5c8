"""A row as it was read, and what it would do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.enums import RowOutcome

# What undoing needs to know of one thing that was made or changed: plain data.
Made = dict[str, Any]

Changes = dict[str, list[str]]


@dataclass
class ReadRow:
    """`values` by name of the column, only of columns that the file has; `given` are
    those whose cell is not empty. `wrong` says what could not be read."""

    line: int
    values: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)
    wrong: str = ""

    def get(self, name: str, otherwise: Any = "") -> Any:
        """The value; `otherwise` where the file has no such column or nothing in it."""
        return self.values[name] if name in self.given else otherwise


@dataclass
class RowPlan:
    """`act` does it, in the transaction that applies the whole list, or leaves it to the
    resource's `settle`, which then completes what `act` returned. `changes` lead from
    heading to [before, after] in words."""

    outcome: RowOutcome
    label: str = ""
    reason: str = ""
    changes: Changes = field(default_factory=dict)
    notes: Sequence[str] = ()
    act: Callable[[], list[Made]] | None = None


def refused(reason: str, *, label: str = "") -> RowPlan:
    return RowPlan(RowOutcome.REFUSED, label, reason)
