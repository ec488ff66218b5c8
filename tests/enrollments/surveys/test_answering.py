"""Answering once, and nobody can say who said what."""

from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from enrollments.domain.surveys.answering import (
    answer_by_ticket,
    answer_in_room,
    enter_paper,
)
from enrollments.domain.surveys.making import change_survey, close_survey, settle_survey
from enrollments.domain.surveys.refusals import (
    AlreadyAnswered,
    NotAnAnswer,
    QuestionsFixed,
    SurveyClosed,
    SurveySettled,
)
from enrollments.domain.surveys.sending import ask
from enrollments.domain.surveys.tickets import ticket_for
from enrollments.models import AnswerSheet, Survey, SurveyTicket
from tests.enrollments.surveys.conftest import LATER, QUESTIONS
from tests.enrollments.surveys.links import tokens

pytestmark = pytest.mark.django_db
GOOD = {"satisfaction": 5}
FORM = UUID("00000000-0000-0000-0000-000000000001")


def answer(token, answers=GOOD, seed=1):
    answer_by_ticket(
        ticket=ticket_for(token), answers=answers, at=LATER, chance=Random(seed)
    )


def test_a_ticket_answers_once(survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    token = tokens()[0]
    answer(token)

    with pytest.raises(AlreadyAnswered):
        answer(token)
    assert AnswerSheet.objects.count() == 1


def test_tickets_and_sheets_have_nothing_in_common():
    """No key leads from one to the other, and neither knows when it was written."""
    for model in (SurveyTicket, AnswerSheet):
        fields = model._meta.concrete_fields
        targets = {field.related_model for field in fields}
        assert targets.isdisjoint({SurveyTicket, AnswerSheet})
        times = models.DateField | models.TimeField
        assert not [field for field in fields if isinstance(field, times)]
    assert isinstance(AnswerSheet._meta.pk, models.UUIDField)


def test_row_order_says_nothing_of_the_order_of_answers(survey, officer):
    """In the database's own order, sheets do not stand as they came."""
    ask(survey=survey, by=officer, at=LATER)
    for number, token in enumerate(tokens()):
        answer(token, {"satisfaction": 3, "times": str(number)}, seed=number)
    column = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        query = "SELECT id FROM enrollments_answersheet ORDER BY "
        cursor.execute(query + column)
        keys = [UUID(str(row[0])) for row in cursor.fetchall()]
    stored = {one.pk: int(one.answers["times"]) for one in AnswerSheet.objects.all()}
    order = [stored[key] for key in keys]

    assert sorted(order) == list(range(8))
    assert order != sorted(order)
    assert not list(AnswerSheet.objects.exclude(participant=None))


def test_an_unnamed_sheet_cannot_be_given_a_name(survey, people):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerSheet.objects.create(
            survey=survey, side="citizens", participant=people[0], answers=GOOD
        )


def test_the_same_form_from_the_room_counts_once(survey):
    sent = {"survey": survey, "form_key": FORM, "said_side": "", "at": LATER}

    assert answer_in_room(**sent, answers=GOOD, chance=Random(1))
    assert not answer_in_room(**sent, answers=GOOD, chance=Random(1))
    assert AnswerSheet.objects.get().origin == "room"


def test_a_closed_survey_takes_paper_until_it_is_settled(survey, officer):
    close_survey(survey=survey, by=officer, at=LATER)
    paper = {
        "survey": survey,
        "answers": GOOD,
        "said_side": "",
        "participant": None,
        "by": officer,
        "chance": Random(1),
    }

    with pytest.raises(SurveyClosed):
        answer_in_room(
            survey=survey,
            form_key=FORM,
            answers=GOOD,
            said_side="",
            at=LATER,
            chance=Random(1),
        )
    assert enter_paper(**paper, form_key=uuid4())
    settle_survey(survey=survey, by=officer, at=LATER)
    with pytest.raises(SurveySettled):
        enter_paper(**paper, form_key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerSheet.objects.create(survey=survey, side="citizens", answers=GOOD)


def test_questions_stand_once_somebody_has_answered(survey, officer, plan):
    answer_in_room(
        survey=survey,
        form_key=FORM,
        answers=GOOD,
        said_side="",
        at=LATER,
        chance=Random(1),
    )
    fewer = replace(plan, questions=QUESTIONS[:2])
    with pytest.raises(QuestionsFixed):
        change_survey(survey=survey, plan=fewer, by=officer)
    changed = change_survey(survey=survey, plan=replace(plan, title="別の題"), by=officer)
    assert changed.title == "別の題"
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(questions=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(named=True, room_code=None)


def test_a_used_ticket_stays_used(survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    answer(tokens()[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyTicket.objects.filter(is_used=True).update(is_used=False)
    assert SurveyTicket.objects.filter(is_used=False).update(second_digest=None) == 7


def test_sheets_are_not_rewritten(survey):
    AnswerSheet.objects.create(survey=survey, side="citizens", answers=GOOD)

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerSheet.objects.update(answers={})


def test_settling_is_not_taken_back(survey, officer):
    close_survey(survey=survey, by=officer, at=LATER)
    settle_survey(survey=survey, by=officer, at=LATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.update(settled_at=None)
    assert Survey.objects.update(title="あとから直した題") == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"satisfaction": 6},
        {"satisfaction": "5"},
        {"length": 3},
        {"heard": [0, 9]},
        {"times": "-1"},
        {"times": "NaN"},
        {"unknown": 1},
    ],
)
def test_what_was_not_asked_is_no_answer(survey, answers):
    with pytest.raises(NotAnAnswer):
        answer_in_room(
            survey=survey,
            form_key=FORM,
            answers=answers,
            said_side="",
            at=LATER,
            chance=Random(1),
        )
    assert not SurveyTicket.objects.exists()
