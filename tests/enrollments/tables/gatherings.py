"""People for table plans: any, and as they come to a joint session."""

from collections import Counter
from random import Random

from hypothesis import strategies as st

from enrollments.domain.tables.people import Criterion, Person

SIDES = ("citizens", "staff")


@st.composite
def gatherings(draw, most=14):
    """People of a few sections and groups, in no order."""
    many = draw(st.integers(1, most))
    return [
        Person(
            key=key,
            side=draw(st.sampled_from(SIDES)),
            bond=draw(st.sampled_from(["", "a", "b", "c", "d"])),
            wish=draw(st.sampled_from(["", "x", "y"])),
            is_newcomer=draw(st.booleans()),
            age_band=draw(st.sampled_from(["", "20", "60"])),
        )
        for key in draw(st.permutations(range(many)))
    ]


@st.composite
def locked_gatherings(draw):
    """People, a number of tables, and some who stay where they are."""
    people = draw(gatherings())
    tables = draw(st.integers(1, 6))
    kept = draw(st.sets(st.sampled_from([one.key for one in people]), max_size=6))
    return people, tables, {key: draw(st.integers(1, tables)) for key in sorted(kept)}


def joint_session(many: int, *, seed: int) -> list[Person]:
    """Two citizens for each of the staff, as such evenings are."""
    dice = Random(seed)
    people = []
    for key in range(many):
        staff = dice.random() < 0.33
        section, group = f"section {dice.randrange(25)}", f"group {dice.randrange(30)}"
        citizen = group if dice.random() < 0.6 else ""
        people.append(
            Person(
                key=key,
                side=SIDES[staff],
                bond=section if staff else citizen,
                wish=dice.choice(["", "a", "b", "c", "d"]),
                is_newcomer=dice.random() < 0.3,
                age_band=dice.choice(["", "20", "40", "60", "70"]),
            )
        )
    return people


def dealt_by_chance(people, *, tables: int, seed: int) -> dict[int, int]:
    """As one would draw table numbers from a hat: sizes within one, nothing else."""
    line = list(people)
    Random(seed).shuffle(line)
    return {one.key: turn % tables + 1 for turn, one in enumerate(line)}


def sizes(seating, tables: int) -> list[int]:
    seats = Counter(seating.values())
    return [seats[table] for table in range(1, tables + 1)]


def unevenness(people, seating, tables: int) -> int:
    """Pairs at one table who share something, above the fewest that there could be."""
    above = 0
    for criterion in Criterion:
        if criterion == Criterion.SIZE:
            continue
        seats = Counter((one.value(criterion), seating[one.key]) for one in people)
        for value in {one.value(criterion) for one in people} - {""}:
            at = [seats[value, table] for table in range(1, tables + 1)]
            few, more = divmod(sum(at), tables)
            least = more * pairs(few + 1) + (tables - more) * pairs(few)
            above += sum(map(pairs, at)) - least
    return above


def pairs(number: int) -> int:
    return number * (number - 1) // 2
