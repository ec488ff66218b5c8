"""What a seating is said to be worth, and what it could be."""

from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.tables.people import Criterion, Person
from enrollments.domain.tables.plan import plan_tables
from enrollments.domain.tables.score import Mark, score
from tests.enrollments.tables.gatherings import gatherings, locked_gatherings


@given(locked_gatherings(), st.data())
def test_nothing_is_better_than_what_is_called_the_best(locked, data):
    people, tables, locks = locked
    seating = {one.key: data.draw(st.integers(1, tables)) for one in people} | locks
    planned = plan_tables(people, tables=tables, seed="1", locks=locks)
    for mark in score(people, planned, tables=tables, locks=locks):
        assert mark.off >= mark.best
    for mark in score(people, seating, tables=tables, locks=locks):
        if mark.criterion not in (Criterion.SIZE, Criterion.BOND):
            assert mark.off >= mark.best


@given(gatherings(), st.integers(1, 6))
def test_plan_reaches_the_best_sizes_bonds_and_sides(people, tables):
    marks = score(people, plan_tables(people, tables=tables, seed="1"), tables=tables)
    first = (Criterion.SIZE, Criterion.BOND, Criterion.SIDE)
    assert all(mark.off == mark.best for mark in marks if mark.criterion in first)


def test_words_are_counted_per_criterion():
    people = [
        Person(1, side="staff", bond="a", is_newcomer=True),
        Person(2, side="staff", bond="a", is_newcomer=True),
        Person(3, side="citizens"),
        Person(4, side="citizens"),
    ]
    seating = {1: 1, 2: 1, 3: 2, 4: 2}
    assert score(people, seating, tables=2) == [
        Mark(Criterion.SIZE, 0, 0),
        Mark(Criterion.BOND, 1, 0),
        Mark(Criterion.SIDE, 2, 0),
        Mark(Criterion.NEWCOMER, 1, 0),
    ]
    locked = score(people, seating, tables=2, locks={1: 1, 2: 1})
    assert locked[1:3] == [Mark(Criterion.BOND, 1, 1), Mark(Criterion.SIDE, 2, 1)]
