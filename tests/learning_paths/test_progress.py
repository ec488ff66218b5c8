"""The core has no database: members and courses are numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning_paths.domain.progress import (
    StepPlan,
    progress_of_path,
    progress_of_step,
)

HANAKO, JIRO, KEIKO = 1, 2, 3
RIVER, SAFETY, ACCOUNTS = 10, 20, 30


def _step(courses=(RIVER,), needed_courses=1, needed_members=1, *, key=1, required=True):
    return StepPlan(key, tuple(courses), needed_courses, needed_members, required)


def test_step_is_done_when_one_member_completed_its_course():
    progress = progress_of_step(_step(), {(HANAKO, RIVER)})

    assert progress.is_done
    assert progress.members == {HANAKO}
    assert progress.completions_missing == 0


def test_step_is_not_done_without_completions():
    progress = progress_of_step(_step(), set())

    assert not progress.is_done
    assert progress.members == frozenset()
    assert (progress.courses_missing, progress.completions_missing) == (1, 1)


def test_completion_of_another_course_does_not_count():
    assert not progress_of_step(_step(), {(HANAKO, SAFETY)}).is_done


def test_different_members_may_complete_different_courses():
    step = _step([RIVER, SAFETY], needed_courses=2)

    assert progress_of_step(step, {(HANAKO, RIVER), (JIRO, SAFETY)}).is_done


def test_two_courses_half_done_each_do_not_make_one_done():
    step = _step([RIVER, SAFETY], needed_members=2)
    progress = progress_of_step(step, {(HANAKO, RIVER), (JIRO, SAFETY)})

    assert not progress.is_done
    assert [course.members_missing for course in progress.courses] == [1, 1]
    assert progress.completions_missing == 1


def test_one_member_twice_is_one_member():
    step = _step(needed_members=2)
    progress = progress_of_step(step, [(HANAKO, RIVER), (HANAKO, RIVER)])

    assert not progress.is_done
    assert progress.courses[0].members == {HANAKO}


def test_k_of_n_needs_k_courses():
    step = _step([RIVER, SAFETY, ACCOUNTS], needed_courses=2)

    one = progress_of_step(step, {(HANAKO, RIVER)})
    two = progress_of_step(step, {(HANAKO, RIVER), (HANAKO, ACCOUNTS)})

    assert (one.is_done, one.courses_done, one.courses_missing) == (False, 1, 1)
    assert (two.is_done, two.courses_done, two.courses_missing) == (True, 2, 0)


def test_what_is_missing_counts_the_courses_nearest_to_done():
    step = _step([RIVER, SAFETY, ACCOUNTS], needed_courses=2, needed_members=3)
    completed = {(HANAKO, RIVER), (JIRO, RIVER), (HANAKO, ACCOUNTS)}

    assert progress_of_step(step, completed).completions_missing == 1 + 2


@pytest.mark.parametrize("courses", [(), (RIVER,)])
def test_step_that_asks_for_more_courses_than_it_has_is_never_done(courses):
    step = _step(courses, needed_courses=len(courses) + 1)
    progress = progress_of_step(step, {(HANAKO, RIVER), (JIRO, RIVER)})

    assert not progress.is_done
    assert progress.completions_missing is None


def test_courses_keep_the_order_of_the_plan():
    progress = progress_of_step(_step([SAFETY, RIVER]), set())

    assert [course.course for course in progress.courses] == [SAFETY, RIVER]


def test_path_is_done_when_its_required_steps_are():
    plans = [_step([RIVER], key=1), _step([SAFETY], key=2, required=False)]
    progress = progress_of_path(plans, {(HANAKO, RIVER)})

    assert progress.is_done
    assert (progress.steps_done, len(progress.that_count)) == (1, 1)


def test_path_is_not_done_while_a_required_step_is_left():
    plans = [_step([RIVER], key=1), _step([SAFETY], key=2)]
    progress = progress_of_path(plans, {(HANAKO, RIVER)})

    assert not progress.is_done
    assert (progress.steps_done, len(progress.that_count)) == (1, 2)


def test_path_of_optional_steps_is_done_when_all_are():
    plans = [
        _step([RIVER], key=1, required=False),
        _step([SAFETY], key=2, required=False),
    ]
    assert not progress_of_path(plans, {(HANAKO, RIVER)}).is_done
    assert progress_of_path(plans, {(HANAKO, RIVER), (JIRO, SAFETY)}).is_done


def test_path_without_steps_is_not_done():
    progress = progress_of_path([], set())

    assert not progress.is_done
    assert progress.next_step is None


def test_next_step_is_the_first_required_one_left():
    plans = [
        _step([RIVER], key=1),
        _step([SAFETY], key=2, required=False),
        _step([ACCOUNTS], key=3),
    ]
    assert progress_of_path(plans, set()).next_step.plan.key == 1
    assert progress_of_path(plans, {(HANAKO, RIVER)}).next_step.plan.key == 3


def test_next_step_is_an_optional_one_when_the_rest_is_done():
    plans = [_step([RIVER], key=1, required=False), _step([SAFETY], key=2)]

    assert progress_of_path(plans, {(HANAKO, SAFETY)}).next_step.plan.key == 1


def test_one_course_counts_in_every_step_that_has_it():
    plans = [_step([RIVER], key=1), _step([RIVER, SAFETY], key=2)]

    assert progress_of_path(plans, {(HANAKO, RIVER)}).is_done


PAIRS = st.frozensets(st.tuples(st.integers(1, 4), st.integers(10, 14)), max_size=20)
PLANS = st.builds(
    StepPlan,
    key=st.just(1),
    courses=st.lists(st.integers(10, 14), unique=True, max_size=5).map(tuple),
    needed_courses=st.integers(1, 4),
    needed_members=st.integers(1, 4),
)


@given(PLANS, PAIRS)
def test_step_is_done_exactly_as_the_rule_says(plan, completed):
    enough = [
        course
        for course in plan.courses
        if len({member for member, done in completed if done == course})
        >= plan.needed_members
    ]
    progress = progress_of_step(plan, completed)

    assert progress.is_done == (len(enough) >= plan.needed_courses)
    assert (progress.completions_missing == 0) == progress.is_done


@given(PLANS, PAIRS, PAIRS)
def test_more_completions_never_undo_a_step(plan, completed, more):
    before = progress_of_step(plan, completed)
    after = progress_of_step(plan, completed | more)

    assert before.courses_done <= after.courses_done
    assert not (before.is_done and not after.is_done)


@given(PLANS, PAIRS)
def test_the_missing_completions_are_enough_and_no_fewer_are(plan, completed):
    """Filling the cheapest courses with strangers finishes the step at that price."""
    progress = progress_of_step(plan, completed)
    price = progress.completions_missing
    if price is None:
        return
    cheapest = sorted(progress.courses, key=lambda course: course.members_missing)
    added = [
        (100 + number, course.course)
        for course in cheapest[: plan.needed_courses]
        for number in range(course.members_missing)
    ]
    assert len(added) == price
    assert progress_of_step(plan, {*completed, *added}).is_done
    if added:
        assert not progress_of_step(plan, {*completed, *added[:-1]}).is_done
