from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.finishing.series_progress import series_progress

keys = st.lists(st.integers(1, 8), max_size=8)
needs = st.none() | st.integers(1, 9)


def test_series_of_no_units_is_never_done():
    assert not series_progress([], [], needed=None).is_done


def test_progress_says_what_is_done_and_what_is_left():
    found = series_progress([3, 1, 2], {1, 9}, needed=2)
    assert (found.done, found.left, found.missing) == ((1,), (3, 2), 1)


@given(keys, keys, needs, st.integers(1, 8))
def test_progress_never_falls_when_completions_are_added(units, completed, needed, more):
    before = series_progress(units, completed, needed=needed)
    after = series_progress(units, [*completed, more], needed=needed)

    assert set(before.done) <= set(after.done)
    assert after.missing <= before.missing
    assert before.is_done <= after.is_done


@given(keys, keys, needs)
def test_as_many_as_needed_are_enough(units, completed, needed):
    found = series_progress(units, completed, needed=needed)
    assert found.needed <= found.total
    assert found.is_done == (found.total > 0 and len(found.done) >= found.needed)
    assert set(found.done) | set(found.left) == set(units)
