"""Where the rows of one kind of list come from, and which of its columns tell so much of a
person that they are given out with a permission only.

The rows of a list are named first and read in pieces, each in a fixed number of queries; so
memory does not grow with the list, and how many people it names is known before any of it
leaves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from accounts.models import Department
from courses.exchange.columns.column import Column
from courses.models import CourseRun

AT_ONCE = 1000


@dataclass(frozen=True)
class Scope:
    """Of a run; else of a section and a fiscal year, each none for all of them.
    `own` is the section within which small numbers may be told; none for nobody's,
    `sees_all` for an administrator."""

    at: datetime
    run: CourseRun | None = None
    department: Department | None = None
    fiscal_year: int | None = None
    own: Department | None = None
    sees_all: bool = False

    def runs(self, path: str = "") -> Q:
        """For a model that leads to its run by `path`, which ends in __."""
        if self.run:
            return Q(**{f"{path}pk": self.run.pk})
        found = Q()
        if self.department:
            found &= Q(**{f"{path}course__department": self.department})
        if self.fiscal_year:
            found &= Q(**{f"{path}fiscal_year": self.fiscal_year})
        return found


@dataclass(frozen=True)
class ColumnGroup:
    heading: str | Promise
    columns: Sequence[Column]


class Source:
    """`sensitive` and `for_support` name columns; `unused` are those that only an import
    reads. A list that is `about_people` is given out for a reason, which is kept."""

    about_people: ClassVar[bool] = False
    sensitive: ClassVar[frozenset[str]] = frozenset()
    for_support: ClassVar[frozenset[str]] = frozenset()
    unused: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def groups(self) -> Sequence[ColumnGroup]:
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """In the order of the list."""
        raise NotImplementedError

    def loaded(self) -> QuerySet[Any]:
        """With everything that the columns read."""
        return self.rows()

    def lines(self, found: Any) -> Iterable[Any]:
        """What stands for one row of the database; one line, usually."""
        return (found,)

    def keys(self) -> list[Any]:
        return list(self.rows().values_list("pk", flat=True))

    def people(self, keys: Sequence[Any]) -> int:
        """How many persons the rows name."""
        return len(keys)

    def read(self, keys: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(keys), AT_ONCE):
            piece = keys[start : start + AT_ONCE]
            found = self.loaded().order_by().in_bulk(piece)
            for key in piece:
                if key in found:  # somebody may have taken it out meanwhile
                    yield from self.lines(found[key])

    def columns(self, *, sensitive: bool, support: bool) -> list[Column]:
        """Those that may be chosen."""
        hidden = set(self.unused)
        hidden |= set() if sensitive else self.sensitive
        hidden |= set() if support else self.for_support
        return [
            column
            for group in self.groups()
            for column in group.columns
            if column.name not in hidden
        ]

    def usual(self, columns: Sequence[Column]) -> list[str]:
        """What is ticked at first: nothing that needs a permission."""
        guarded = self.sensitive | self.for_support
        return [column.name for column in columns if column.name not in guarded]
