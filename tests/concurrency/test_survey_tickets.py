"""One ticket, sent from many windows at the same moment, is one answer."""

import contextlib
import threading
from functools import partial
from random import Random

import pytest

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.surveys import answering
from enrollments.domain.surveys.answering import answer_by_ticket
from enrollments.domain.surveys.questions import Question, stored
from enrollments.domain.surveys.refusals import AlreadyAnswered
from enrollments.domain.surveys.tickets import digest_of, ticket_for
from enrollments.enums import AnswerKind
from enrollments.models import AnswerSheet, Survey, SurveyTicket
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.enrollments.requests import HANAKO, request_by

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TOKEN = "a" * 43


WINDOWS = 6


@pytest.fixture
def calls(run, pool, now):
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
    return [
        partial(
            answer_by_ticket,
            ticket=ticket_for(TOKEN),
            answers={"satisfaction": 5},
            at=now,
            chance=Random(number),
        )
        for number in range(WINDOWS)
    ]


def _assert_answered_once(answers: list) -> None:
    refused = [one for one in answers if isinstance(one, AlreadyAnswered)]
    assert (answers.count(None), len(refused)) == (1, WINDOWS - 1)
    assert AnswerSheet.objects.count() == 1


def test_one_ticket_at_once_is_one_answer(calls):
    _assert_answered_once(together(calls))


@pytest.fixture
def _look_before_use(monkeypatch):
    """The ticket is looked at first, by everybody, and used up afterwards; no lock."""
    looked = threading.Barrier(WINDOWS)

    def look_then_use(ticket):
        if SurveyTicket.objects.get(pk=ticket.pk).is_used:
            raise AlreadyAnswered
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(2)
        SurveyTicket.objects.filter(pk=ticket.pk).update(is_used=True)

    monkeypatch.setattr(answering, "_use", look_then_use)
    monkeypatch.setattr(answering, "lock_survey", _unlocked)
    with everybody_begins():
        yield


def _unlocked(pk: int) -> Survey:
    return Survey.objects.select_related("run__course").get(pk=pk)


@pytest.mark.usefixtures("_look_before_use")
def test_control_looked_at_first_the_ticket_does_not_hold(calls):
    answers = together(calls)

    with pytest.raises(AssertionError):
        _assert_answered_once(answers)
