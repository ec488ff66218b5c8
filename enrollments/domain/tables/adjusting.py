"""On the day: whoever comes late gets the best free seat, and after no-shows as few people
as possible move for the sizes to be within one again."""

from collections.abc import Iterable, Mapping, Sequence

from enrollments.domain.tables.people import Person, shuffled
from enrollments.domain.tables.plan import Seating
from enrollments.domain.tables.room import Room


def best_seat(
    person: Person, *, among: Iterable[Person], seating: Mapping[int, int], tables: int
) -> int:
    """The table with the fewest people; of these where the newcomer fits best."""
    others = [one for one in among if one.key in seating and one.key != person.key]
    room = _seated([*others, person], seating, tables)
    size = _sizes(room)
    seat = len(others)
    best = min(room.tables, key=lambda table: (size[table], room.price(seat, table), table))
    return best + 1


def rebalanced(
    people: Iterable[Person],
    *,
    seating: Mapping[int, int],
    tables: int,
    locks: Mapping[int, int] | None = None,
) -> Seating:
    """The seating of those who are `people`, all of whom have a seat. Nobody moves where
    the sizes are within one already; whoever is locked never does."""
    known = shuffled((one for one in people if one.key in seating), seed="")
    room = _seated(known, seating, tables)
    stays = {seat for seat, one in enumerate(known) if one.key in (locks or {})}
    while move := _next_move(room, stays):
        room.put(*move)
    return {key: table + 1 for key, table in room.seating().items()}


def _next_move(room: Room, stays: set[int]) -> tuple[int, int] | None:
    """The cheapest from a largest table that may give to a smallest one; none where that
    would not make the sizes more even. Each move is one that cannot be saved."""
    size = _sizes(room)
    smallest = min(size)
    givers = [
        seat
        for seat in range(len(room.people))
        if seat not in stays and size[room.at[seat]] - smallest > 1
    ]
    if not givers:
        return None
    largest = max(size[room.at[seat]] for seat in givers)
    moves: Sequence[tuple[int, int, int]] = [
        (room.move_price(seat, table), seat, table)
        for seat in givers
        if size[room.at[seat]] == largest
        for table in room.tables
        if size[table] == smallest
    ]
    _price, seat, table = min(moves)
    return seat, table


def _seated(people: Sequence[Person], seating: Mapping[int, int], tables: int) -> Room:
    """Without free seats, as sizes are looked after here."""
    room = Room(people, tables, locks={}, has_free_seats=False)
    for seat, person in enumerate(people):
        if person.key in seating:
            room.put(seat, seating[person.key] - 1)
    return room


def _sizes(room: Room) -> list[int]:
    return [room.at.count(table) for table in room.tables]
