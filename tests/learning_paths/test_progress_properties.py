"""What holds of every path and whatever its members completed."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning_paths.domain.progress import (
    Done,
    StepPlan,
    progress_of_path,
    progress_of_step,
)
from learning_paths.enums import Counting, MemberRole

some = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
FIRST = date(2026, 4, 1)
DAYS = st.integers(0, 30).map(lambda days: FIRST + timedelta(days=days))
DONE = st.builds(Done, st.integers(1, 4), st.integers(10, 14), DAYS)
COMPLETED = st.frozensets(DONE, max_size=20)
ROLES = st.dictionaries(st.integers(1, 4), st.sampled_from(MemberRole), max_size=4)


ONE, NOTHING = st.just(1), st.just(())


def _plan(key=ONE, after=NOTHING):
    return st.builds(
        StepPlan,
        key=key,
        courses=st.lists(st.integers(10, 14), unique=True, max_size=5).map(tuple),
        needed_courses=st.integers(1, 4),
        needed_members=st.integers(1, 4),
        is_required=st.booleans(),
        counting=st.sampled_from(Counting),
        role=st.none() | st.sampled_from(MemberRole),
        since=st.none() | DAYS,
        until=st.none() | DAYS,
        after=after,
    )


@st.composite
def _paths(draw):
    """Steps that come after earlier ones, in any order."""
    keys = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    plans = [
        draw(_plan(st.just(key), st.sets(st.sampled_from(keys[:at])).map(tuple)))
        if at
        else draw(_plan(st.just(key)))
        for at, key in enumerate(keys)
    ]
    return draw(st.permutations(plans)), draw(st.integers(0, 3))


PLANS, PATHS = _plan(), _paths()


@some
@given(PLANS, COMPLETED, ROLES)
def test_step_is_done_exactly_as_the_rule_says(plan, completed, roles):
    counts = {
        (done.member, done.course)
        for done in completed
        if done.course in plan.courses
        and (plan.role is None or roles.get(done.member) == plan.role)
        and (plan.since is None or done.on >= plan.since)
        and (plan.until is None or done.on <= plan.until)
    }
    if plan.counting == Counting.TOGETHER:
        courses = {course for _member, course in counts}
        members = {member for member, _course in counts}
        expected = (
            len(courses) >= plan.needed_courses and len(members) >= plan.needed_members
        )
    else:
        per_course = [
            len({member for member, done in counts if done == course})
            for course in plan.courses
        ]
        enough = [number for number in per_course if number >= plan.needed_members]
        expected = len(enough) >= plan.needed_courses
    progress = progress_of_step(plan, completed, roles)

    assert progress.is_done == expected
    assert (progress.completions_missing == 0) == progress.is_done


@some
@given(PATHS, COMPLETED, COMPLETED, ROLES)
def test_more_completions_never_make_progress_fall(path, completed, more, roles):
    plans, needed = path
    before = progress_of_path(plans, completed, roles, needed_optional=needed)
    after = progress_of_path(plans, completed | more, roles, needed_optional=needed)

    assert before.keys_done <= after.keys_done
    assert before.steps_done <= after.steps_done
    assert after.is_done or not before.is_done
    for was, now in zip(before.steps, after.steps, strict=True):
        assert was.courses_done <= now.courses_done
        assert was.members <= now.members


@some
@given(PATHS, st.lists(DONE, max_size=20), st.randoms(), ROLES)
def test_the_order_in_which_completions_come_makes_no_difference(
    path, completed, random, roles
):
    plans, needed = path
    shuffled = list(completed)
    random.shuffle(shuffled)

    assert progress_of_path(
        plans, completed, roles, needed_optional=needed
    ) == progress_of_path(plans, shuffled, roles, needed_optional=needed)


@some
@given(PATHS, PATHS, COMPLETED, ROLES)
def test_another_version_takes_nothing_away(old, new, completed, roles):
    """Whatever a group has done, it has done in the next version that has the step."""
    now = progress_of_path(old[0], completed, roles, needed_optional=old[1])
    then = progress_of_path(
        new[0], completed, roles, kept=now.keys_done, needed_optional=new[1]
    )
    shared = {plan.key for plan in new[0]}

    assert now.keys_done & shared <= then.keys_done


@some
@given(PATHS, COMPLETED, ROLES)
def test_there_is_always_something_to_go_on_with(path, completed, roles):
    """Steps only wait for others in one direction, so one that is left can begin."""
    plans, needed = path
    progress = progress_of_path(plans, completed, roles, needed_optional=needed)
    left = [step for step in progress.steps if not step.is_done]

    assert bool(progress.open_steps) == bool(left)
    assert (progress.next_step is None) == (not left)


@some
@given(PLANS, COMPLETED)
def test_every_completion_of_its_courses_either_counts_or_is_explained(plan, completed):
    progress = progress_of_step(plan, completed)
    told = {(done.member, done.course) for done in progress.counted}
    told |= {(done.member, done.course) for done, _why in progress.passed_over}

    assert told == {
        (done.member, done.course) for done in completed if done.course in plan.courses
    }


@some
@given(PLANS.filter(lambda plan: plan.counting == Counting.EACH), COMPLETED)
def test_the_missing_completions_are_enough_and_no_fewer_are(plan, completed):
    """Filling the cheapest courses with strangers finishes the step at that price."""
    day = plan.since or plan.until or FIRST
    if plan.until is not None and day > plan.until:
        return
    progress = progress_of_step(plan, completed)
    price = progress.completions_missing
    if price is None or plan.role is not None:
        return
    cheapest = sorted(progress.courses, key=lambda course: course.members_missing)
    added = [
        Done(100 + number, course.course, day)
        for course in cheapest[: plan.needed_courses]
        for number in range(course.members_missing)
    ]
    assert len(added) == price
    assert progress_of_step(plan, {*completed, *added}).is_done
    if added:
        assert not progress_of_step(plan, {*completed, *added[:-1]}).is_done
