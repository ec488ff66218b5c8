"""Likeness of two wishes, as a pure function."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning_paths.domain.wanted.similar import SHOWN, Words, likeness, most_alike

texts = st.text(alphabet="防災家具水害スマホの使い方川abc ", max_size=20)
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = st.builds(Words, texts, texts, st.integers(0, 3))


@calmly
@given(words, words)
def test_likeness_is_the_same_both_ways_and_bounded(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@calmly
@given(words)
def test_a_wish_is_like_itself_unless_it_says_nothing(one):
    assert likeness(one, one) in (0, 1)


@calmly
@given(words, st.lists(words, max_size=12))
def test_at_most_a_few_are_shown_best_first(one, others):
    numbered = list(enumerate(others))
    found = most_alike(one, numbered)
    degrees = [likeness(one, others[number]) for number in found]
    assert len(found) <= SHOWN
    assert degrees == sorted(degrees, reverse=True)


def test_words_everybody_uses_make_nothing_alike():
    assert likeness(Words("防災について学びたい"), Words("料理について学びたい")) == 0


def test_same_theme_brings_alike_words_nearer():
    plain = likeness(Words("家の備え"), Words("備えと避難"))
    themed = likeness(Words("家の備え", theme=1), Words("備えと避難", theme=1))
    assert 0 < plain < themed
