"""Rows change state along a table only, and each step leaves its line. The line comes
first: the database takes no other state than the one it leads to (ADR 10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import models

from accounts.domain.refusal import Refusal
from accounts.models import User
from accounts.models.trace import StateTrace


class Stateful(Protocol):
    state: Any

    def save(self) -> None: ...


State = TypeVar("State", bound=models.TextChoices)
Row = TypeVar("Row", bound=Stateful)
Line = TypeVar("Line", bound=StateTrace)


class StateTable(Generic[State, Row, Line]):
    """`ways` says from which state it goes to which; `of` is how a line names its row."""

    def __init__(
        self,
        ways: Mapping[State, frozenset[State]],
        *,
        line: type[Line],
        of: str,
        refusal: type[Refusal],
    ) -> None:
        self.ways, self.line, self.of, self.refusal = ways, line, of, refusal

    def require(self, row: Row, to: State) -> None:
        """Raises: the table's refusal."""
        if to not in self.ways[type(to)(row.state)]:
            raise self.refusal

    def begin(self, row: Row, *, by: User | None, at: datetime, why: str = "") -> Line:
        """The first line, of the state in which the row was made."""
        return self._write(row, "", row.state, by, at, why)

    def move(
        self,
        row: Row,
        to: State,
        *,
        by: User | None,
        at: datetime,
        why: str = "",
        **facts: Any,
    ) -> Line:
        """On the locked row, which is saved with `facts` and with whatever else the caller
        changed. Raises: the table's refusal."""
        self.require(row, to)
        line = self._write(row, row.state, to, by, at, why)
        for name, value in {**facts, "state": to}.items():
            setattr(row, name, value)
        row.save()
        return line

    def _write(
        self, row: Row, here: str, to: str, by: User | None, at: datetime, why: str
    ) -> Line:
        """`why` is cut to what a line holds."""
        longest = getattr(self.line._meta.get_field("why"), "max_length", None)
        return self.line._default_manager.create(
            **{self.of: row},
            from_state=here,
            to_state=to,
            by=by,
            at=at,
            why=why[:longest],
        )
