"""What it would mean for the seating if somebody moved or two people changed places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enrollments.domain.tables.people import Person, shuffled
from enrollments.domain.tables.room import Room


@dataclass(frozen=True)
class Advice:
    """`gain` above 0: the seating gets better. `own` is how many of the person's section
    or group sit there already, `size` how many people."""

    table: int
    size: int
    own: int
    gain: int


@dataclass(frozen=True)
class Exchange:
    key: int
    table: int
    gain: int


def moves_for(
    key: int, *, people: Iterable[Person], seating: Mapping[int, int], tables: int
) -> list[Advice]:
    """To every other table, in their order."""
    room, seat = _room(key, people, seating, tables)
    bond = room.people[seat].bond
    return [
        Advice(
            table=table + 1,
            size=room.at.count(table),
            own=sum(
                bool(bond) and room.people[one].bond == bond for one in room.seats_at(table)
            ),
            gain=-room.move_price(seat, table),
        )
        for table in room.tables
        if table != room.at[seat]
    ]


def exchanges_for(
    key: int,
    *,
    people: Iterable[Person],
    seating: Mapping[int, int],
    tables: int,
    fixed: Iterable[int] = (),
) -> list[Exchange]:
    """With everybody at another table who is not `fixed`, the best first."""
    room, seat = _room(key, people, seating, tables)
    stay = set(fixed)
    here = room.at[seat]
    found = [
        Exchange(
            person.key,
            room.at[other] + 1,
            2 * room.in_common(seat, other)
            - room.move_price(seat, room.at[other])
            - room.move_price(other, here),
        )
        for other, person in enumerate(room.people)
        if room.at[other] != here and person.key not in stay
    ]
    return sorted(found, key=lambda one: (-one.gain, one.table, one.key))


def _room(
    key: int, people: Iterable[Person], seating: Mapping[int, int], tables: int
) -> tuple[Room, int]:
    known = shuffled((one for one in people if one.key in seating), seed="")
    room = Room(known, tables, locks={}, has_free_seats=False)
    for seat, person in enumerate(known):
        room.put(seat, seating[person.key] - 1)
    return room, next(seat for seat, one in enumerate(known) if one.key == key)
