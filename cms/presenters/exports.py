"""The columns of a list as they are shown to be chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from courses.exchange.columns.column import Column
from courses.exchange.exports.source import Source

SHOWN = 50


@dataclass(frozen=True)
class Choice:
    """`guarded` is why not everybody sees it: "" or what kind of permission it needs."""

    name: str
    heading: str
    chosen: bool
    order: str
    guarded: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    choices: Sequence[Choice]


def column_groups(
    source: Source,
    allowed: Sequence[Column],
    chosen: Collection[str],
    order: Mapping[str, str],
) -> list[Group]:
    names = {column.name for column in allowed}
    found = []
    for group in source.groups():
        choices = [
            Choice(
                column.name,
                column.heading,
                column.name in chosen,
                order.get(column.name, ""),
                _guard(source, column),
            )
            for column in group.columns
            if column.name in names
        ]
        if choices:
            found.append(Group(str(group.heading), choices))
    return found


def _guard(source: Source, column: Column) -> str:
    if column.name in source.for_support:
        return "support"
    return "sensitive" if column.name in source.sensitive else ""
