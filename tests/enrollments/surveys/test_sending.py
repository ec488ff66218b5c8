"""Who is asked, once; who is reminded, once; who never."""

from random import Random

import pytest

from enrollments.domain.surveys.answering import answer_by_ticket
from enrollments.domain.surveys.making import SurveyPlan, make_survey
from enrollments.domain.surveys.opting_out import choose_surveys
from enrollments.domain.surveys.refusals import NobodyToAsk, RemindedAlready
from enrollments.domain.surveys.sending import ask, remind, send_due, to_be_reminded
from enrollments.domain.surveys.tickets import ticket_for
from enrollments.models import Attendance, Notification, SurveyTicket
from tests.enrollments.surveys.conftest import LATER, NOON, QUESTIONS
from tests.enrollments.surveys.links import tokens

pytestmark = pytest.mark.django_db


def answer(count):
    for number, token in enumerate(tokens()[:count]):
        answer_by_ticket(
            ticket=ticket_for(token),
            answers={"satisfaction": 4},
            at=LATER,
            chance=Random(number),
        )


def sent(kind):
    found = Notification.objects.filter(kind=kind).order_by("recipient")
    return [one.recipient for one in found]


def test_everybody_is_asked_once_with_a_ticket_of_256_bits(survey, officer):
    assert ask(survey=survey, by=officer, at=LATER) == 8
    with pytest.raises(NobodyToAsk):
        ask(survey=survey, by=officer, at=LATER)

    assert sent("survey") == [f"p{n}@example.jp" for n in range(8)]
    assert len(set(tokens())) == 8
    kept = set(SurveyTicket.objects.values_list("digest", flat=True))
    assert kept.isdisjoint(tokens())


def test_whoever_did_not_come_is_not_asked(survey, officer, people, run, now):
    Attendance.objects.create(
        session=run.sessions.get(), participant=people[0], status="present", recorded_at=now
    )
    Attendance.objects.create(
        session=run.sessions.get(), participant=people[1], status="absent", recorded_at=now
    )

    assert ask(survey=survey, by=officer, at=LATER) == 1
    assert sent("survey") == ["p0@example.jp"]


def test_an_address_that_was_opted_out_is_left_alone(survey, officer, people):
    choose_surveys(application=people[3].application, wanted=False)

    assert ask(survey=survey, by=officer, at=LATER) == 7
    assert "p3@example.jp" not in sent("survey")


def test_reminders_go_to_all_where_they_would_tell_who_answered(survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    answer(2)

    assert len(to_be_reminded(survey)) == 8


def test_named_surveys_remind_whoever_has_not_answered(run, people, officer):
    plan = SurveyPlan(title="記名", questions=QUESTIONS, named=True)
    survey = make_survey(run=run, plan=plan, by=officer, at=NOON)
    ask(survey=survey, by=officer, at=LATER)
    answer(2)

    assert remind(survey=survey, by=officer, at=LATER) == 6
    assert sent("survey_reminder") == [f"p{n}@example.jp" for n in range(2, 8)]
    with pytest.raises(RemindedAlready):
        remind(survey=survey, by=officer, at=LATER)


def test_both_links_answer_the_same_ticket(survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    remind(survey=survey, by=officer, at=LATER)

    first, second = tokens("survey")[0], tokens("survey_reminder")[0]
    assert ticket_for(first) == ticket_for(second)
    assert ticket_for("x" * 43) is None


def test_what_was_planned_is_sent_when_due_and_once(survey):
    survey.ask_at = LATER
    survey.save()

    assert send_due(at=NOON) == 0
    assert send_due(at=LATER) == 8
    assert send_due(at=LATER) == 0


def test_reminders_leave_out_who_answered_where_both_are_many(survey):
    """Five of ten have answered: neither group is small."""
    from enrollments.models import Application, Participant

    for number in range(10):
        first = survey.run.applications.first()
        person = Participant.objects.create(
            application=Application.objects.get(pk=first.pk), position=number + 2
        )
        SurveyTicket.objects.create(
            survey=survey, participant=person, digest=f"d{number}", is_used=number < 5
        )

    assert len(to_be_reminded(survey)) == 5
