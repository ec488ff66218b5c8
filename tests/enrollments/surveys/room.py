"""Answers that came from the room, one form each."""

from random import Random
from uuid import uuid4

from enrollments.domain.surveys.answering import answer_in_room
from tests.enrollments.surveys.conftest import LATER


def answered(survey, satisfactions, **answers):
    for seed, satisfaction in enumerate(satisfactions):
        answer_in_room(
            survey=survey,
            form_key=uuid4(),
            answers={"satisfaction": satisfaction, **answers},
            said_side="",
            at=LATER,
            chance=Random(seed),
        )
