from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning_paths.domain.step_order import in_a_circle

some = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def test_steps_side_by_side_begin():
    assert in_a_circle({1: (), 2: (), 3: (1, 2)}) == ()


def test_step_that_waits_for_itself_never_begins():
    assert in_a_circle({1: (1,)}) == (1,)


def test_steps_behind_a_circle_never_begin_either():
    assert in_a_circle({1: (), 2: (3,), 3: (2,), 4: (3,), 5: (1,)}) == (2, 3, 4)


def test_unknown_step_is_passed_over():
    assert in_a_circle({1: (9,)}) == ()


@some
@given(st.lists(st.lists(st.integers(0, 7), max_size=4), max_size=8))
def test_steps_that_only_wait_for_earlier_ones_are_never_in_a_circle(drawn):
    after = {at: [one for one in some if one < at] for at, some in enumerate(drawn)}
    assert in_a_circle(after) == ()


@some
@given(st.lists(st.lists(st.integers(0, 7), max_size=4), min_size=1, max_size=8))
def test_what_is_left_waits_for_something_that_is_left(drawn):
    after = dict(enumerate(drawn))
    left = set(in_a_circle(after))
    for key in left:
        assert left & set(after[key])
