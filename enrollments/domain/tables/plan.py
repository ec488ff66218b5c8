"""A table plan: sizes within one, people of one section or group apart where that can be,
and sides, wishes, newcomers and age bands spread evenly. The same people and the same seed
give the same plan, in whatever order they are told."""

from collections.abc import Iterable, Mapping, Sequence

from enrollments.domain.tables.people import Person, shuffled
from enrollments.domain.tables.room import Room
from enrollments.domain.tables.separating import separate
from enrollments.domain.tables.spreading import spread

Seating = dict[int, int]


def plan_tables(
    people: Iterable[Person],
    *,
    tables: int,
    seed: str,
    locks: Mapping[int, int] | None = None,
) -> Seating:
    """The table (1…) of each person by key. `locks` are seats that stay.

    Locks may forbid either: then both are as near as the locks let them be.
    """
    room = separated(people, tables=tables, seed=seed, locks=locks or {})
    spread(room)
    return {key: table + 1 for key, table in room.seating().items()}


def separated(
    people: Iterable[Person], *, tables: int, seed: str, locks: Mapping[int, int]
) -> Room:
    """A seating in which as few as possible of one bond sit together."""
    known = shuffled(people, seed=seed)
    stay = {person.key: locks[person.key] - 1 for person in known if person.key in locks}
    room = Room(known, tables, locks=stay)
    if stay:
        _place_by_price(room)
    else:
        _deal(room)
    separate(room)
    return room


def _deal(room: Room) -> None:
    """One to each table in turn: whoever stands together in the line, of one bond and of
    one side, is spread evenly (a line of n over t tables: n/t rounded up or down)."""
    for turn, seat in enumerate(_line(room)):
        room.put(seat, turn % len(room.tables))


def _place_by_price(room: Room) -> None:
    """Each to the cheapest table with a seat left, in the order of the line."""
    left = [room.places - room.at.count(table) for table in room.tables]
    for seat in _line(room):
        table = min(
            (one for one in room.tables if left[one]),
            key=lambda one: (room.price(seat, one), one),
        )
        room.put(seat, table)
        left[table] -= 1


def _line(room: Room) -> Sequence[int]:
    """The free seats, then people by side and bond; within one bond by their wish."""
    many = len(room.people)

    def place(seat: int) -> tuple[str, ...]:
        person = room.people[seat]
        newcomer = str(person.is_newcomer)
        return (person.side, person.bond, person.wish, newcomer, person.age_band)

    loose = [seat for seat in range(many) if not room.is_fixed[seat]]
    return [*range(many, len(room.at)), *sorted(loose, key=place)]
