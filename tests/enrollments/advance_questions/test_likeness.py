"""Likeness of questions is a measure: the same both ways, from 0 to 1."""

from hypothesis import given
from hypothesis import strategies as st

from enrollments.domain.advance_questions.likeness import SHOWN, alike, likeness

TEXTS = st.text(alphabet="ごみの分け方はABab ？。ー", max_size=12)


@given(TEXTS, TEXTS)
def test_it_is_the_same_both_ways_and_between_0_and_1(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(st.dictionaries(st.integers(), TEXTS, max_size=6))
def test_hints_are_few_and_name_others(texts):
    for key, others in alike(texts).items():
        assert len(others) <= SHOWN
        assert key not in others
        assert set(others) <= set(texts)


def test_marks_and_width_do_not_count():
    assert likeness("ﾎﾟｲﾝﾄは？", "ポイントは") == 1.0
    assert likeness("ごみ", "公園の話") == 0.0
