"""The core has no database: members and courses are numbers."""

from datetime import date

import pytest

from learning_paths.domain.progress import (
    Done,
    StepPlan,
    progress_of_path,
    progress_of_step,
)
from learning_paths.enums import Counting, MemberRole, PassedOver

HANAKO, JIRO, KEIKO = 1, 2, 3
RIVER, SAFETY, ACCOUNTS = 10, 20, 30
MAY = date(2026, 5, 1)


def _done(*pairs):
    return {Done(member, course, MAY) for member, course in pairs}


def _step(courses=(RIVER,), needed_courses=1, needed_members=1, *, key=1, required=True):
    return StepPlan(key, tuple(courses), needed_courses, needed_members, required)


def test_step_is_done_when_one_member_completed_its_course():
    progress = progress_of_step(_step(), _done((HANAKO, RIVER)))

    assert progress.is_done
    assert progress.members == {HANAKO}
    assert progress.completions_missing == 0


def test_step_is_not_done_without_completions():
    progress = progress_of_step(_step(), set())

    assert not progress.is_done
    assert progress.members == frozenset()
    assert (progress.courses_missing, progress.completions_missing) == (1, 1)


def test_completion_of_another_course_does_not_count():
    assert not progress_of_step(_step(), _done((HANAKO, SAFETY))).is_done


def test_different_members_may_complete_different_courses():
    step = _step([RIVER, SAFETY], needed_courses=2)

    assert progress_of_step(step, _done((HANAKO, RIVER), (JIRO, SAFETY))).is_done


def test_two_courses_half_done_each_do_not_make_one_done():
    step = _step([RIVER, SAFETY], needed_members=2)
    progress = progress_of_step(step, _done((HANAKO, RIVER), (JIRO, SAFETY)))

    assert not progress.is_done
    assert [course.members_missing for course in progress.courses] == [1, 1]
    assert progress.completions_missing == 1


def test_one_member_twice_is_one_member():
    step = _step(needed_members=2)
    progress = progress_of_step(
        step, [Done(HANAKO, RIVER, MAY), Done(HANAKO, RIVER, date(2026, 6, 1))]
    )

    assert not progress.is_done
    assert progress.courses[0].members == {HANAKO}


def test_k_of_n_needs_k_courses():
    step = _step([RIVER, SAFETY, ACCOUNTS], needed_courses=2)

    one = progress_of_step(step, _done((HANAKO, RIVER)))
    two = progress_of_step(step, _done((HANAKO, RIVER), (HANAKO, ACCOUNTS)))

    assert (one.is_done, one.courses_done, one.courses_missing) == (False, 1, 1)
    assert (two.is_done, two.courses_done, two.courses_missing) == (True, 2, 0)


def test_what_is_missing_counts_the_courses_nearest_to_done():
    step = _step([RIVER, SAFETY, ACCOUNTS], needed_courses=2, needed_members=3)
    completed = _done((HANAKO, RIVER), (JIRO, RIVER), (HANAKO, ACCOUNTS))

    assert progress_of_step(step, completed).completions_missing == 1 + 2


@pytest.mark.parametrize("courses", [(), (RIVER,)])
def test_step_that_asks_for_more_courses_than_it_has_is_never_done(courses):
    step = _step(courses, needed_courses=len(courses) + 1)
    progress = progress_of_step(step, _done((HANAKO, RIVER), (JIRO, RIVER)))

    assert not progress.is_done
    assert progress.completions_missing is None


def test_courses_keep_the_order_of_the_plan():
    progress = progress_of_step(_step([SAFETY, RIVER]), set())

    assert [course.course for course in progress.courses] == [SAFETY, RIVER]


def test_path_is_done_when_its_required_steps_are():
    plans = [_step([RIVER], key=1), _step([SAFETY], key=2, required=False)]
    progress = progress_of_path(plans, _done((HANAKO, RIVER)))

    assert progress.is_done
    assert (progress.steps_done, progress.steps_counted) == (1, 1)


def test_path_is_not_done_while_a_required_step_is_left():
    plans = [_step([RIVER], key=1), _step([SAFETY], key=2)]
    progress = progress_of_path(plans, _done((HANAKO, RIVER)))

    assert not progress.is_done
    assert (progress.steps_done, progress.steps_counted) == (1, 2)


def test_path_of_optional_steps_is_done_when_all_are():
    plans = [
        _step([RIVER], key=1, required=False),
        _step([SAFETY], key=2, required=False),
    ]
    assert not progress_of_path(plans, _done((HANAKO, RIVER))).is_done
    assert progress_of_path(plans, _done((HANAKO, RIVER), (JIRO, SAFETY))).is_done


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
    assert progress_of_path(plans, _done((HANAKO, RIVER))).next_step.plan.key == 3


def test_next_step_is_an_optional_one_when_the_rest_is_done():
    plans = [_step([RIVER], key=1, required=False), _step([SAFETY], key=2)]

    assert progress_of_path(plans, _done((HANAKO, SAFETY))).next_step.plan.key == 1


def test_one_course_counts_in_every_step_that_has_it():
    plans = [_step([RIVER], key=1), _step([RIVER, SAFETY], key=2)]

    assert progress_of_path(plans, _done((HANAKO, RIVER))).is_done


def test_members_and_courses_of_a_theme_count_together():
    step = StepPlan(1, (RIVER, SAFETY), 1, 2, counting=Counting.TOGETHER)

    assert not progress_of_step(step, _done((HANAKO, RIVER), (HANAKO, SAFETY))).is_done
    assert progress_of_step(step, _done((HANAKO, RIVER), (JIRO, SAFETY))).is_done


def test_two_courses_of_a_theme_are_two_different_ones():
    step = StepPlan(1, (RIVER, SAFETY), 2, 1, counting=Counting.TOGETHER)
    same = progress_of_step(step, _done((HANAKO, RIVER), (JIRO, RIVER)))

    assert (same.is_done, same.completions_missing) == (False, 1)
    assert progress_of_step(step, _done((HANAKO, RIVER), (JIRO, SAFETY))).is_done


def test_only_the_named_role_counts_and_the_other_is_said_to_be_passed_over():
    step = StepPlan(1, (RIVER,), role=MemberRole.LEADER)
    roles = {HANAKO: MemberRole.MEMBER, KEIKO: MemberRole.LEADER}
    (hanakos,) = _done((HANAKO, RIVER))

    progress = progress_of_step(step, [hanakos], roles)
    assert not progress.is_done
    assert progress.passed_over == ((hanakos, PassedOver.OTHER_ROLE),)
    assert progress_of_step(step, _done((KEIKO, RIVER)), roles).is_done


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 31), PassedOver.TOO_OLD),
        (date(2026, 4, 1), None),
        (date(2027, 3, 31), None),
        (date(2027, 4, 1), PassedOver.TOO_LATE),
    ],
)
def test_completions_count_from_and_until_a_day(day, why):
    step = StepPlan(1, (RIVER,), since=date(2026, 4, 1), until=date(2027, 3, 31))
    done = Done(HANAKO, RIVER, day)
    progress = progress_of_step(step, [done])

    assert progress.is_done == (why is None)
    assert progress.passed_over == (() if why is None else ((done, why),))


def test_completion_that_counts_is_not_called_passed_over_for_an_older_one():
    step = StepPlan(1, (RIVER,), since=date(2026, 4, 1))
    old, new = Done(HANAKO, RIVER, date(2020, 1, 1)), Done(HANAKO, RIVER, MAY)
    progress = progress_of_step(step, [old, new])

    assert (progress.counted, progress.passed_over) == ((new,), ())


def test_steps_without_any_before_them_are_open_side_by_side():
    plans = [
        StepPlan(1, (RIVER,)),
        StepPlan(2, (SAFETY,), is_required=False),
        StepPlan(3, (ACCOUNTS,), after=(1,)),
    ]
    before = progress_of_path(plans, set())
    after = progress_of_path(plans, _done((HANAKO, RIVER)))

    assert [step.plan.key for step in before.open_steps] == [1, 2]
    assert [step.plan.key for step in after.open_steps] == [2, 3]
    assert after.next_step.plan.key == 3


def test_what_was_completed_before_its_turn_counts():
    plans = [StepPlan(1, (RIVER,)), StepPlan(2, (SAFETY,), after=(1,))]

    assert progress_of_path(plans, _done((HANAKO, SAFETY))).steps[1].is_done


def test_some_of_the_optional_steps_may_be_asked_for():
    plans = [
        StepPlan(1, (RIVER,)),
        StepPlan(2, (SAFETY,), is_required=False),
        StepPlan(3, (ACCOUNTS,), is_required=False),
    ]
    required = progress_of_path(plans, _done((HANAKO, RIVER)), needed_optional=1)
    both = _done((HANAKO, RIVER), (JIRO, ACCOUNTS))

    assert (required.is_done, required.steps_done, required.steps_counted) == (False, 1, 2)
    assert progress_of_path(plans, both, needed_optional=1).is_done


def test_step_kept_from_another_version_is_done_without_completions():
    progress = progress_of_path([StepPlan(1, (RIVER,))], set(), kept={1})

    assert progress.is_done
    assert progress.steps[0].is_kept
