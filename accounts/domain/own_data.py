"""わたしのデータ: what the city keeps of one person, in chapters that each app contributes;
nothing of anybody else, and for everything left out there is a reason (ADR 42)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from accounts.models import User

Words = str | Promise
Value = str | int | bool | date | datetime | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Whose:
    """Somebody with an account; or somebody without one, known by the digests of an
    application (`keys`), for whom staff act. `by_themselves`: they take it out alone, so
    that the words of mails, with their secret links, stay in their own hands."""

    user: User | None = None
    keys: frozenset[str] = frozenset()
    by_themselves: bool = True


@dataclass(frozen=True)
class Chapter:
    """`key` names it in files. `columns` pairs the name of each value with its heading.
    `holds` are the models (`app.Model`) that it speaks of. What `needs_care` (wishes for
    support) staff are shown only with the permission for it."""

    key: str
    title: Words
    columns: Sequence[tuple[str, Words]]
    rows: Callable[[Whose], Iterable[Row]]
    holds: Sequence[str]
    needs_care: bool = False


@dataclass(frozen=True)
class Told:
    """A chapter as it is for one person."""

    chapter: Chapter
    rows: Sequence[Row]

    @property
    def cells(self) -> list[list[Value]]:
        names = [name for name, _heading in self.chapter.columns]
        return [[row.get(name) for name in names] for row in self.rows]


_chapters: list[Chapter] = []
_left_out: dict[str, str] = {}


def contribute(*chapters: Chapter) -> None:
    """Called by each app when it is ready, in the order of the layers."""
    known = {one.key for one in _chapters}
    _chapters.extend(one for one in chapters if one.key not in known)


def leave_out(reasons: Mapping[str, str]) -> None:
    """Models (`app.Model`) that are linked to people and are not taken out, and why."""
    _left_out.update(reasons)


def chapters() -> Sequence[Chapter]:
    return tuple(_chapters)


def reasons_for_leaving_out() -> Mapping[str, str]:
    return dict(_left_out)


def data_of(whose: Whose, *, with_care: bool = True) -> list[Told]:
    """Every chapter, also those in which nothing stands."""
    shown = (one for one in _chapters if with_care or not one.needs_care)
    return [Told(one, list(one.rows(whose))) for one in shown]
