"""わたしも at one moment; the lock is also shown to be needed."""

from functools import partial

import pytest
from django.db import DatabaseError

from learning_paths.domain.wanted.joining import join_signed_in
from learning_paths.models import LearningVoice
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.factories import NOON

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def _joined(wanted, *people):
    return together(
        [partial(join_signed_in, request=wanted, by=one, at=NOON) for one in people]
    )


def test_pressed_many_times_it_is_one_voice_a_person(wanted, jiro, taro):
    answers = _joined(wanted, jiro, taro, jiro, taro, jiro)

    assert {type(one) for one in answers} == {LearningVoice}
    assert sorted(wanted.voices.values_list("email", flat=True)) == [
        "jiro@example.jp",
        "keiko@example.jp",
        "taro@example.jp",
    ]


def test_control_without_the_lock_somebody_is_not_answered(wanted, jiro):
    with unguarded(look="learning_paths.domain.wanted.joining._own_voice"):
        answers = _joined(wanted, jiro, jiro)

    assert any(isinstance(one, DatabaseError) for one in answers)
