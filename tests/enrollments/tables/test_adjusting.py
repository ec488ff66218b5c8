"""No-shows and late-comers: as few moves as can be, and the best free seat."""

from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.tables.adjusting import best_seat, rebalanced
from enrollments.domain.tables.people import Person
from enrollments.domain.tables.plan import plan_tables
from tests.enrollments.tables.gatherings import gatherings, locked_gatherings, sizes


@given(gatherings(), st.integers(1, 6), st.data())
def test_after_no_shows_as_few_move_as_can_be(people, tables, data):
    seating = plan_tables(people, tables=tables, seed="1")
    keys = [one.key for one in people]
    gone = data.draw(st.sets(st.sampled_from(keys)))
    here = [one for one in people if one.key not in gone]
    before = {one.key: seating[one.key] for one in here}
    after = rebalanced(here, seating=before, tables=tables)
    found = sizes(after, tables)
    assert max(found) - min(found) <= 1
    moved = sum(after[key] != before[key] for key in before)
    assert moved == _fewest(sizes(before, tables))


def _fewest(stand):
    """What stands above the even sizes, the larger ones going to the largest tables."""
    few, more = divmod(sum(stand), len(stand))
    even = [few + 1] * more + [few] * (len(stand) - more)
    pairs = zip(sorted(stand, reverse=True), even, strict=True)
    return sum(max(0, now - then) for now, then in pairs)


@given(locked_gatherings())
def test_locked_people_stay_after_no_shows(locked):
    people, tables, locks = locked
    uneven = {one.key: locks.get(one.key, 1) for one in people}
    after = rebalanced(people, seating=uneven, tables=tables, locks=locks)
    assert {key: after[key] for key in locks} == locks


def test_whoever_moves_is_the_one_who_fits():
    people = [Person(1, bond="a"), Person(2, bond="b"), Person(3), Person(4, bond="b")]
    seating = {1: 1, 2: 1, 3: 1, 4: 2}
    after = rebalanced(people, seating=seating, tables=2)
    assert after in ({1: 2, 2: 1, 3: 1, 4: 2}, {1: 1, 2: 1, 3: 2, 4: 2})


def test_late_comer_gets_a_seat_at_a_small_table_without_their_own_section():
    people = [Person(1, bond="a"), Person(2, bond="b"), Person(3, bond="a"), Person(4)]
    late = Person(9, bond="a")
    seating = {1: 1, 2: 2, 3: 3, 4: 3}
    assert best_seat(late, among=people, seating=seating, tables=3) == 2
    assert best_seat(late, among=people, seating={}, tables=3) == 1
