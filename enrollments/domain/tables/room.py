"""The cost of a seating: two people at a table cost what they have in common, so that the
cheapest seating spreads everything evenly.

Sizes come before bonds, bonds before sides, and sides before the rest: no gain in a lesser
criterion outweighs a greater one. A seat that stays free is held by nobody in particular;
two free seats at one table cost most of all, which keeps the sizes within one.
"""

from collections.abc import Mapping, Sequence

from enrollments.domain.tables.people import Criterion, Person

WEIGHTS = {
    Criterion.SIZE: 10**9,
    Criterion.BOND: 10**6,
    Criterion.SIDE: 10**3,
    Criterion.WISH: 4,
    Criterion.NEWCOMER: 4,
    Criterion.AGE: 3,
}
Trait = tuple[Criterion, str]


class Room:
    """Seats 0… are those of `people` in order, then the free ones where they are counted;
    `at` says at which table (0…) each is, -1 for none yet. A seat that `is_fixed` is
    never moved."""

    def __init__(
        self,
        people: Sequence[Person],
        tables: int,
        *,
        locks: Mapping[int, int],
        has_free_seats: bool = True,
    ) -> None:
        self.tables = range(tables)
        self.people = people
        held = [0] * tables
        for person in people:
            if person.key in locks:
                held[locks[person.key]] += 1
        self.places = max(-(-len(people) // tables), *held)
        free = (self.places * tables - len(people)) * has_free_seats
        self.traits = [_traits(person) for person in people]
        self.traits += [[(Criterion.SIZE, "free")]] * free
        self.is_fixed = [person.key in locks for person in people] + [False] * free
        self.at = [locks.get(person.key, -1) for person in people] + [-1] * free
        self.counts = {trait: [0] * tables for traits in self.traits for trait in traits}
        for seat, table in enumerate(self.at):
            if table >= 0:
                self._count(seat, table, 1)

    def put(self, seat: int, table: int) -> None:
        if self.at[seat] >= 0:
            self._count(seat, self.at[seat], -1)
        self.at[seat] = table
        self._count(seat, table, 1)

    def price(self, seat: int, table: int) -> int:
        """Of coming to a table from nowhere."""
        return sum(WEIGHTS[one[0]] * self.counts[one][table] for one in self.traits[seat])

    def move_price(self, seat: int, table: int) -> int:
        """Of going there from its own table; negative for a gain."""
        here = self.at[seat]
        return sum(
            WEIGHTS[one[0]] * (self.counts[one][table] - self.counts[one][here] + 1)
            for one in self.traits[seat]
        )

    def in_common(self, seat: int, other: int) -> int:
        traits = self.traits[other]
        return sum(WEIGHTS[one[0]] for one in self.traits[seat] if one in traits)

    def seats_at(self, table: int) -> list[int]:
        return [seat for seat, here in enumerate(self.at) if here == table]

    def seating(self) -> dict[int, int]:
        """Tables by the keys of the people."""
        return {person.key: self.at[seat] for seat, person in enumerate(self.people)}

    def _count(self, seat: int, table: int, change: int) -> None:
        for trait in self.traits[seat]:
            self.counts[trait][table] += change


def _traits(person: Person) -> list[Trait]:
    every = (one for one in Criterion if one != Criterion.SIZE)
    return [(one, person.value(one)) for one in every if person.value(one)]
