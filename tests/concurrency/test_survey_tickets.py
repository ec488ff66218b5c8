"""One ticket, sent from many windows at the same moment, is one answer."""

from functools import partial
from random import Random

import pytest

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.surveys.answering import answer_by_ticket
from enrollments.domain.surveys.questions import Question, stored
from enrollments.domain.surveys.refusals import AlreadyAnswered
from enrollments.domain.surveys.tickets import digest_of, ticket_for
from enrollments.enums import AnswerKind
from enrollments.models import AnswerSheet, Survey, SurveyTicket
from tests.concurrency.together import together
from tests.enrollments.requests import HANAKO, request_by

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TOKEN = "a" * 43


def test_one_ticket_at_once_is_one_answer(run, pool, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    questions = stored([Question("satisfaction", AnswerKind.SCALE, "満足度")])
    survey = Survey.objects.create(
        run=run, title="アンケート", questions=questions, created_at=now
    )
    SurveyTicket.objects.create(
        survey=survey,
        participant=application.participants.get(),
        digest=digest_of(TOKEN),
    )
    calls = [
        partial(
            answer_by_ticket,
            ticket=ticket_for(TOKEN),
            answers={"satisfaction": 5},
            at=now,
            chance=Random(number),
        )
        for number in range(6)
    ]

    answers = together(calls)
    refused = [one for one in answers if isinstance(one, AlreadyAnswered)]
    assert (answers.count(None), len(refused)) == (1, 5)
    assert AnswerSheet.objects.count() == 1
