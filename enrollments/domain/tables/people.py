"""What the plan knows of somebody: no name, only what is to be spread over the tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Criterion(StrEnum):
    """What is spread evenly, the more important first."""

    SIZE = "size"
    BOND = "bond"
    SIDE = "side"
    WISH = "wish"
    NEWCOMER = "newcomer"
    AGE = "age"


SPREAD = (Criterion.SIDE, Criterion.WISH, Criterion.NEWCOMER, Criterion.AGE)


@dataclass(frozen=True)
class Person:
    """`bond` is the section of staff and the group of citizens: people of one bond sit
    apart. What is not known stays blank and is not spread."""

    key: int
    side: str = ""
    bond: str = ""
    wish: str = ""
    is_newcomer: bool = False
    age_band: str = ""

    def value(self, criterion: Criterion) -> str:
        return {
            Criterion.BOND: self.bond,
            Criterion.SIDE: self.side,
            Criterion.WISH: self.wish,
            Criterion.NEWCOMER: "yes" if self.is_newcomer else "",
            Criterion.AGE: self.age_band,
        }[criterion]


def shuffled(people: Iterable[Person], *, seed: str) -> Sequence[Person]:
    """In an order that follows from the seed and the keys alone, however they came."""

    def place(person: Person) -> tuple[str, int]:
        return sha256(f"{seed}/{person.key}".encode()).hexdigest(), person.key

    return sorted(people, key=place)
