"""People of one bond sit at different tables wherever the sizes and the locks allow it.

That is a flow of least cost from bonds to tables. It is least when no ring of tables is
left along which each passes somebody on to the next and all together get cheaper (Klein
1967), so such rings are looked for until there is none: exact, not a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from enrollments.domain.tables.people import Criterion
from enrollments.domain.tables.room import WEIGHTS, Room

GREATER = (Criterion.SIZE, Criterion.BOND)


@dataclass(frozen=True)
class Pass:
    """What it costs at least to pass somebody on, and who that is."""

    price: int
    seat: int


def separate(room: Room) -> None:
    while ring := _cheaper_ring(room):
        for seat, table in ring:
            room.put(seat, table)


def _cheaper_ring(room: Room) -> list[tuple[int, int]]:
    """Who goes where, or nothing where no ring is cheaper."""
    passes = [_passes(room, here) for here in room.tables]
    ring = _negative_ring(passes)
    return [(passes[here][there].seat, there) for here, there in ring]


def _passes(room: Room, here: int) -> dict[int, Pass]:
    """To each other table, of the seats at this one that are not fixed."""
    by_bond = {
        tuple(trait for trait in room.traits[seat] if trait[0] in GREATER): seat
        for seat in room.seats_at(here)
        if not room.is_fixed[seat]
    }
    return {
        there: min(
            (Pass(_price(room, seat, here, there), seat) for seat in by_bond.values()),
            key=lambda one: (one.price, one.seat),
        )
        for there in room.tables
        if there != here and by_bond
    }


def _price(room: Room, seat: int, here: int, there: int) -> int:
    return sum(
        WEIGHTS[one[0]] * (room.counts[one][there] - room.counts[one][here] + 1)
        for one in room.traits[seat]
        if one[0] in GREATER
    )


def _negative_ring(passes: Sequence[dict[int, Pass]]) -> list[tuple[int, int]]:
    """Bellman and Ford from everywhere at once; the steps of a ring, or nothing."""
    many = len(passes)
    cost, before = [0] * many, [-1] * many
    late = -1
    for _round in range(many):
        late = -1
        for here, ways in enumerate(passes):
            for there, way in ways.items():
                if cost[here] + way.price < cost[there]:
                    cost[there], before[there] = cost[here] + way.price, here
                    late = there
        if late < 0:
            return []
    for _step in range(many):
        late = before[late]
    ring: list[tuple[int, int]] = []
    there = late
    while not ring or there != late:
        ring.append((before[there], there))
        there = before[there]
    return ring
