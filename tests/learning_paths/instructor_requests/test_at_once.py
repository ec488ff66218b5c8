"""A form sent twice in one moment, and two answers; what stands behind is also shown to
be needed."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError

from enrollments.models import Notification
from learning_paths.domain.instructor_requests.answering import answer_request
from learning_paths.domain.instructor_requests.asking import request_instructor
from learning_paths.domain.instructor_requests.refusals import AnswerIsOver
from learning_paths.models import InstructorRequest
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.learning_paths.instructor_requests.conftest import WANTED

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_form_sent_twice_at_once_is_one_request_told_once(gardener, now):
    send = partial(
        request_instructor,
        instructor=gardener,
        wanted=WANTED,
        form_key=uuid4(),
        user=None,
        language="ja",
        at=now,
    )
    made = InstructorRequest.objects

    assert {getattr(one, "pk", one) for one in together([send] * 4)} == {made.get().pk}
    assert Notification.objects.filter(recipient=WANTED.email).count() == 1


def _answers(forwarded, now):
    return [
        partial(answer_request, request=forwarded, agrees=agrees, words="", at=now)
        for agrees in (True, False)
    ]


def test_yes_and_no_at_once_is_one_of_both(forwarded, now):
    kinds = {type(one) for one in together(_answers(forwarded, now))}

    assert kinds == {InstructorRequest, AnswerIsOver}


def test_control_without_the_lock_both_answers_are_taken(forwarded, now):
    module = "learning_paths.domain.instructor_requests.answering"
    with unguarded(look=f"{module}.lock_request"):
        answers = together(_answers(forwarded, now))

    kinds = {type(one) for one in answers}
    assert kinds == {InstructorRequest} or any(issubclass(k, DatabaseError) for k in kinds)
