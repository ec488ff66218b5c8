"""Rows of a form that went to and fro, changed before the form reads them: all else that
was typed stays as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.forms.fields import row_number

SHOWN = ("day", "begins", "ends", "title", "room", "online_url", "teachers")


def with_more(data: Any, prefix: str, *, more: int, most: int) -> Any:
    """A few more empty rows."""
    changed = data.copy()
    total = row_number(data.get(f"{prefix}-TOTAL_FORMS", "0"))
    changed[f"{prefix}-TOTAL_FORMS"] = str(min(total + more, most))
    return changed


def with_rows(
    data: Any, prefix: str, rows: Iterable[Mapping[str, str]], *, most: int
) -> Any:
    """These rows after those that were filled in; empty ones are used up first."""
    changed = data.copy()
    total = min(row_number(data.get(f"{prefix}-TOTAL_FORMS", "0")), most)
    there = row_number(data.get(f"{prefix}-INITIAL_FORMS", "0"))
    empty = [n for n in range(there, total) if _is_empty(data, f"{prefix}-{n}")]
    for row in rows:
        number = empty.pop(0) if empty else total
        total = max(total, number + 1)
        for name, value in row.items():
            changed[f"{prefix}-{number}-{name}"] = value
    changed[f"{prefix}-TOTAL_FORMS"] = str(total)
    return changed


def room_for(data: Any, prefix: str, *, most: int) -> int:
    """How many rows may still be filled in."""
    total = min(row_number(data.get(f"{prefix}-TOTAL_FORMS", "0")), most)
    there = row_number(data.get(f"{prefix}-INITIAL_FORMS", "0"))
    filled = [n for n in range(there, total) if not _is_empty(data, f"{prefix}-{n}")]
    return most - there - len(filled)


def without(data: Any, prefix: str, names: Iterable[str]) -> Any:
    """As if these fields had been left empty."""
    changed = data.copy()
    for name in names:
        changed.pop(f"{prefix}-{name}", None)
    return changed


def _is_empty(data: Any, row: str) -> bool:
    return not any((data.get(f"{row}-{name}") or "").strip() for name in SHOWN)
