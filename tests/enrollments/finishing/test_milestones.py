from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.finishing.milestones import Goal, Reached, next_goal, reached
from enrollments.enums import MilestoneSpan

THREE = Goal(1, MilestoneSpan.EVER, 3)
TWO_A_YEAR = Goal(2, MilestoneSpan.FISCAL_YEAR, 2)
DAYS = [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 1)]


def test_milestone_is_reached_on_the_day_that_makes_its_number():
    assert reached(DAYS, [THREE]) == [Reached(THREE, date(2026, 4, 1))]
    assert reached(DAYS[:2], [THREE]) == []


def test_milestone_of_a_year_begins_anew_in_april():
    assert reached(DAYS, [TWO_A_YEAR]) == [
        Reached(TWO_A_YEAR, date(2026, 3, 31), 2025),
        Reached(TWO_A_YEAR, date(2026, 10, 1), 2026),
    ]


@pytest.mark.parametrize(("number", "left"), [(0, 3), (2, 1)])
def test_next_milestone_says_how_many_are_left(number, left):
    assert next_goal(DAYS[:number], [THREE, TWO_A_YEAR]) == (THREE, left)


def test_nothing_is_left_after_the_last_milestone():
    assert next_goal(DAYS, [THREE]) is None


days_of = st.lists(st.integers(0, 900).map(lambda n: date(2025, 1, 1) + timedelta(n)))


@given(days_of, st.integers(0, 900))
def test_another_session_takes_no_milestone_away(days, more):
    goals = [THREE, TWO_A_YEAR]
    before = {(one.goal, one.fiscal_year) for one in reached(days, goals)}
    later = [*days, date(2025, 1, 1) + timedelta(more)]
    assert before <= {(one.goal, one.fiscal_year) for one in reached(later, goals)}


@given(days_of, st.randoms())
def test_order_of_days_does_not_matter(days, chance):
    shuffled = list(days)
    chance.shuffle(shuffled)
    assert reached(shuffled, [THREE, TWO_A_YEAR]) == reached(days, [THREE, TWO_A_YEAR])
