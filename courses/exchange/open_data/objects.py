"""Rows as a JSON array of objects, each item under its official name."""

import json
from collections.abc import Iterator, Sequence

from courses.exchange.open_data.cells import plain
from courses.exchange.open_data.columns import Column, Kind, Row

AS_THEY_ARE = (Kind.NUMBER, Kind.OBJECT, Kind.LIST)


def as_object(columns: Sequence[Column[Row]], row: Row) -> dict[str, object]:
    """An item that is not known is left out."""
    found: dict[str, object] = {}
    for column in columns:
        value = column.value(row)
        told = value if column.kind in AS_THEY_ARE else plain(column.kind, value)
        if told not in (None, "", [], {}):
            found[column.heading] = told
    return found


def write_objects(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Iterator[bytes]:
    """One object a line."""
    yield b"["
    for place, row in enumerate(rows):
        text = json.dumps(as_object(columns, row), ensure_ascii=False)
        yield f"{',' if place else ''}\n{text}".encode()
    yield b"\n]\n"
