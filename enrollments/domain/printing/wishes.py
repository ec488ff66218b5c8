"""What an officer can ask of a printed paper; every paper takes what concerns it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses.models import Session
from enrollments.enums import ListOrder


@dataclass(frozen=True)
class Wishes:
    """`session` none: the whole run. `with_codes`: what the door reads, on badges."""

    session: Session | None = None
    order: ListOrder = ListOrder.KANA
    with_phone: bool = False
    with_receipt_number: bool = False
    with_names: bool = False
    blank_rows: int = 0
    labels: str = "card"
    first_label: int = 1
    cut_lines: bool = False
    with_codes: bool = False
    tables: int = 1
    per_sheet: int = 2

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Wishes":
        known = {name for name in cls.__dataclass_fields__ if said.get(name) is not None}
        return cls(**{name: said[name] for name in known})
