from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.domain.fiscal_year import TOKYO
from enrollments.domain.series.overlaps import Span, in_the_way

DAY = datetime(2026, 12, 5, tzinfo=TOKYO)


def span(begins: int, ends: int, title: str = "") -> Span:
    return Span(DAY + timedelta(hours=begins), DAY + timedelta(hours=ends), title)


spans = st.builds(
    lambda begins, length: span(begins, begins + length),
    st.integers(0, 20),
    st.integers(1, 4),
)


def test_one_that_begins_when_the_other_ends_is_in_nobodys_way():
    assert in_the_way([span(10, 12)], [span(12, 14), span(8, 10)]) == []


def test_overlap_names_both():
    wanted, taken = span(10, 12, "川"), span(11, 14, "森")
    assert in_the_way([wanted], [taken]) == [(wanted, taken)]


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_overlaps_are_mutual_and_in_any_order(one, other):
    there = in_the_way(one, other)
    back = in_the_way(other, one)
    assert sorted(map(repr, there)) == sorted(repr((a, b)) for b, a in back)
    assert sorted(map(repr, in_the_way(one[::-1], other[::-1]))) == sorted(map(repr, there))


@given(spans, st.lists(spans, max_size=5), spans)
def test_another_taken_time_takes_no_overlap_away(wanted, taken, more):
    before = in_the_way([wanted], taken)
    assert all(pair in in_the_way([wanted], [*taken, more]) for pair in before)
