"""How good a seating is, per criterion, beside how good it could be.

For sizes that is the difference of the largest table and the smallest, for bonds the pairs
who sit together, for the rest the people who would have to sit elsewhere for every table
to have its share, rounded up or down.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enrollments.domain.tables.people import SPREAD, Criterion, Person
from enrollments.domain.tables.plan import Seating, separated


@dataclass(frozen=True)
class Mark:
    """`off` is 0 where nothing could be better. `best` is what cannot be undercut with
    the locks as they are: exactly for sizes and bonds, at least for the rest."""

    criterion: Criterion
    off: int
    best: int


def score(
    people: Iterable[Person],
    seating: Mapping[int, int],
    *,
    tables: int,
    locks: Mapping[int, int] | None = None,
) -> list[Mark]:
    """Of those who have a seat; a criterion of which nothing is known is left out."""
    known = [person for person in people if person.key in seating]
    stay = {key: table for key, table in (locks or {}).items() if key in seating}
    best = _best(known, tables, stay)
    marks = [
        Mark(
            Criterion.SIZE,
            _difference(known, seating, tables),
            _difference(known, best, tables),
        )
    ]
    if any(person.bond for person in known):
        marks.append(Mark(Criterion.BOND, together(known, seating), together(known, best)))
    for one in SPREAD:
        if any(person.value(one) for person in known):
            off = _out_of_place(known, seating, one, tables)
            locked = [person for person in known if person.key in stay]
            marks.append(Mark(one, off, _over(known, locked, stay, one, tables)))
    return marks


def together(people: Iterable[Person], seating: Mapping[int, int]) -> int:
    """Pairs of one bond at one table."""
    seats = Counter((one.bond, seating[one.key]) for one in people if one.bond)
    return sum(number * (number - 1) // 2 for number in seats.values())


def _best(people: Sequence[Person], tables: int, locks: Mapping[int, int]) -> Seating:
    room = separated(people, tables=tables, seed="", locks=locks)
    return {key: table + 1 for key, table in room.seating().items()}


def _difference(people: Iterable[Person], seating: Mapping[int, int], tables: int) -> int:
    seats = Counter(seating[person.key] for person in people)
    sizes = [seats[table] for table in range(1, tables + 1)]
    return max(sizes) - min(sizes)


def _out_of_place(
    people: Sequence[Person], seating: Mapping[int, int], one: Criterion, tables: int
) -> int:
    total = Counter(person.value(one) for person in people)
    seats = Counter((person.value(one), seating[person.key]) for person in people)
    off = 0
    for value, number in total.items():
        if value:
            at = [seats[value, table] for table in range(1, tables + 1)]
            above = sum(max(0, count - -(-number // tables)) for count in at)
            below = sum(max(0, number // tables - count) for count in at)
            off += max(above, below)
    return off


def _over(
    people: Sequence[Person],
    locked: Sequence[Person],
    locks: Mapping[int, int],
    one: Criterion,
    tables: int,
) -> int:
    """Those whom the locks hold where there are too many of them already."""
    total = Counter(person.value(one) for person in people)
    seats = Counter((person.value(one), locks[person.key]) for person in locked)
    return sum(
        max(0, count - -(-total[value] // tables))
        for (value, _table), count in seats.items()
        if value
    )
