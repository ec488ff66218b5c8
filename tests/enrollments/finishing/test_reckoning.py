"""The pure reckoning, by example and by properties."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.finishing.reckoning import (
    Mark,
    Meeting,
    Rule,
    reckon,
    reckoning_of,
)
from enrollments.enums import AttendanceStatus as Status

PRESENT, LATE, ABSENT = Mark(Status.PRESENT), Mark(Status.LATE), Mark(Status.ABSENT)
EIGHT = [Meeting(key=number, number=number) for number in range(1, 9)]


def _present(*numbers: int) -> dict[int, Mark]:
    return dict.fromkeys(numbers, PRESENT)


def test_five_of_eight_complete_a_run_that_needs_five():
    found = reckon(Rule(sessions=5), EIGHT, _present(1, 2, 3, 4, 5))
    assert (found.held, found.attended, found.needed, found.is_met) == (8, 5, 5, True)
    assert not reckon(Rule(sessions=6), EIGHT, _present(1, 2, 3, 4, 5)).is_met


@pytest.mark.parametrize(
    ("percent", "needed"), [(50, 4), (51, 5), (70, 6), (100, 8), (1, 1)]
)
def test_share_is_rounded_up(percent, needed):
    assert reckon(Rule(percent=percent), EIGHT, {}).needed == needed


def test_required_session_that_was_missed_is_named():
    meetings = [replace(EIGHT[0], is_required=True), *EIGHT[1:]]
    found = reckon(Rule(sessions=5), meetings, _present(2, 3, 4, 5, 6))
    assert (found.missed, found.is_met) == ((1,), False)


def test_required_session_to_come_is_not_missed_yet():
    meetings = [*EIGHT[:7], replace(EIGHT[7], is_required=True, is_over=False)]
    found = reckon(Rule(sessions=5), meetings, _present(1, 2, 3, 4, 5))
    assert (found.missed, found.ahead, found.is_met) == ((), (8,), False)


def test_required_sessions_alone_are_a_rule():
    meetings = [replace(EIGHT[0], is_required=True), *EIGHT[1:]]
    assert reckon(Rule(), meetings, _present(1)).is_met
    assert not reckon(Rule(), EIGHT, _present(1)).is_met


def test_cancelled_session_is_left_out_with_its_marks():
    meetings = [replace(EIGHT[0], is_held=False), *EIGHT[1:]]
    found = reckon(Rule(percent=100), meetings, _present(*range(1, 9)))
    assert (found.held, found.attended, found.needed) == (7, 7, 7)


def test_make_up_in_the_run_takes_over_what_was_required():
    off = replace(EIGHT[0], is_held=False, is_required=True)
    make_up = Meeting(key=9, number=9, stands_in_for=1)
    rule, meetings = Rule(sessions=1), [off, *EIGHT[1:], make_up]
    assert reckon(rule, meetings, _present(2)).missed == (9,)
    assert reckon(rule, meetings, _present(2, 9)).is_met


def test_session_in_another_run_counts_for_the_one_it_makes_up_for():
    marks = {**_present(1, 2), 3: Mark(Status.MADE_UP, elsewhere=77)}
    found = reckon(Rule(sessions=3), EIGHT, marks)
    assert (found.attended, found.made_up, found.is_met) == (3, 1, True)


def test_session_in_another_run_counts_for_one_only():
    twice = dict.fromkeys((3, 4), Mark(Status.MADE_UP, elsewhere=77))
    assert reckon(Rule(sessions=1), EIGHT, twice).attended == 1


def test_session_elsewhere_goes_to_the_required_one():
    meetings = [*EIGHT[:3], replace(EIGHT[3], is_required=True), *EIGHT[4:]]
    twice = dict.fromkeys((3, 4), Mark(Status.MADE_UP, elsewhere=77))
    assert reckon(Rule(sessions=1), meetings, twice).is_met


def test_session_elsewhere_that_was_called_off_counts_for_nobody():
    marks = {3: Mark(Status.MADE_UP, elsewhere=77)}
    found = reckon(Rule(sessions=1), EIGHT, marks, called_off_elsewhere={77})
    assert found.attended == 0


def test_late_and_left_early_count_as_the_run_says():
    marks = {1: LATE, 2: Mark(Status.LEFT_EARLY), 3: PRESENT, 4: ABSENT}
    assert reckon(Rule(sessions=3), EIGHT, marks).attended == 3
    assert reckon(Rule(sessions=3, counts_partly=False), EIGHT, marks).attended == 1


def test_more_asked_than_held_is_noticed():
    assert reckon(Rule(sessions=9), EIGHT, {}).cannot_be_met
    assert not reckon(Rule(sessions=8), EIGHT, {}).cannot_be_met


def test_reckoning_is_kept_and_read_again():
    found = reckon(Rule(percent=70), EIGHT, _present(1, 2))
    assert reckoning_of(found.kept()) == found
    assert reckoning_of({}) is None


meetings_of = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 10)), max_size=8
).map(
    lambda rows: [
        Meeting(
            key=number,
            number=number,
            is_held=held,
            is_over=over,
            is_required=required,
            stands_in_for=before if before < number else None,
        )
        for number, (held, over, required, before) in enumerate(rows, start=1)
    ]
)
marks_of = st.dictionaries(
    st.integers(1, 8),
    st.sampled_from(Status).flatmap(
        lambda status: st.builds(
            Mark,
            st.just(status),
            st.sampled_from([None, 70, 71]) if status == Status.MADE_UP else st.none(),
        )
    ),
)
rules = st.one_of(
    st.builds(Rule, sessions=st.integers(1, 9), counts_partly=st.booleans()),
    st.builds(Rule, percent=st.integers(1, 100), counts_partly=st.booleans()),
    st.builds(Rule, counts_partly=st.booleans()),
)


@given(rules, meetings_of, marks_of, st.integers(1, 8))
def test_more_attendance_never_loses_completion(rule, meetings, marks, key):
    before = reckon(rule, meetings, marks)
    after = reckon(rule, meetings, {**marks, key: PRESENT})
    assert after.attended >= before.attended
    assert after.is_met or not before.is_met


@given(rules, meetings_of, marks_of, st.randoms())
def test_order_of_sessions_and_marks_does_not_matter(rule, meetings, marks, chance):
    shuffled, pairs = list(meetings), list(marks.items())
    chance.shuffle(shuffled)
    chance.shuffle(pairs)
    assert reckon(rule, shuffled, dict(pairs)) == reckon(rule, meetings, marks)


@given(st.integers(1, 100), meetings_of, marks_of)
def test_share_stays_between_one_and_all_sessions_held(percent, meetings, marks):
    found = reckon(Rule(percent=percent), meetings, marks)
    assert found.needed is not None
    assert min(1, found.held) <= found.needed <= found.held
    assert found.needed * 100 >= found.held * percent > (found.needed - 1) * 100 or (
        found.held == 0
    )


@given(meetings_of, marks_of)
def test_attended_are_never_more_than_held(meetings, marks):
    found = reckon(Rule(sessions=1), meetings, marks)
    assert 0 <= found.made_up <= found.attended <= found.held
