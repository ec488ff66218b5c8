"""A signed-in person finds the surveys that wait on /my/."""

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from enrollments.domain.surveys.own import surveys_waiting
from enrollments.domain.surveys.sending import ask
from enrollments.models import AnswerSheet, SurveyTicket
from tests.enrollments.surveys.conftest import LATER
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(survey, officer, people):
    """The first of eight has an account."""
    cache.clear()
    me = UserFactory()
    people[0].application.user = me
    people[0].application.save()
    with time_machine.travel(LATER, tick=False):
        ask(survey=survey, by=officer, at=LATER)
        yield me


def test_survey_is_answered_from_my_page_once(client, asked, survey):
    client.force_login(asked)
    address = reverse("my_survey", args=[survey.public_id, 1])
    assert f'href="{address}"' in client.get(reverse("my_page")).content.decode()

    sent = {"form_key": "0" * 32, "q-satisfaction": "4"}
    assert client.post(address, sent).headers["Location"] == reverse("survey_done")
    assert AnswerSheet.objects.get().answers == {"satisfaction": 4}
    assert SurveyTicket.objects.get(is_used=True).participant.application.user == asked
    assert address not in client.get(reverse("my_page")).content.decode()
    assert "すでにお答えいただいています" in client.post(address, sent).content.decode()
    assert AnswerSheet.objects.count() == 1


def test_survey_of_somebody_else_is_not_found(client, asked, survey):
    client.force_login(UserFactory())
    address = reverse("my_survey", args=[survey.public_id, 1])
    assert client.get(address).status_code == 404
    assert client.post(address, {"q-satisfaction": "4"}).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_only_open_surveys_wait(asked, survey):
    assert [one.survey for one in surveys_waiting(asked, at=LATER)] == [survey]
    assert surveys_waiting(asked, at=survey.closes_at) == []


def test_waiting_surveys_take_one_query(asked, survey, django_assert_num_queries):
    with django_assert_num_queries(2):  # the person's own addresses, and the surveys
        waiting = surveys_waiting(asked, at=LATER)
        shown = [(one.survey.run.course.title, one.participant.position) for one in waiting]
    assert shown == [(survey.run.course.title, 1)]
