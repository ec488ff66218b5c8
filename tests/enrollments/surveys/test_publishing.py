"""Results for everybody: only what those who answered were told, and nothing small."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from enrollments.domain.surveys.making import change_survey, close_survey, settle_survey
from enrollments.domain.surveys.publishing import (
    publish_results,
    published_of,
    take_results_back,
)
from enrollments.domain.surveys.refusals import NotForPublic, QuestionsFixed
from enrollments.models import Survey
from tests.enrollments.back_office import officer_of
from tests.enrollments.surveys.conftest import LATER, QUESTIONS
from tests.enrollments.surveys.room import answered
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
SETTLED = LATER + timedelta(days=1)


@pytest.fixture
def public_plan(plan):
    return replace(plan, for_public=True)


@pytest.fixture
def settled(survey, public_plan, officer):
    """Eight are content, two are not; two wrote something."""
    change_survey(survey=survey, plan=public_plan, by=officer)
    answered(survey, [5] * 7)
    answered(survey, [5], good="話し合いが楽しかった")
    answered(survey, [1, 1], good="山田さんの話が長い")
    close_survey(survey=survey, by=officer, at=LATER)
    settle_survey(survey=survey, by=officer, at=SETTLED)
    survey.refresh_from_db()
    return survey


def publish(survey, officer, *texts):
    chosen = [("good", text) for text in texts]
    publish_results(survey=survey, chosen=chosen, by=officer, at=SETTLED)
    survey.refresh_from_db()


def public_page(client, survey):
    return client.get(reverse("survey_public", args=[survey.public_id]))


def test_everybody_sees_large_numbers_and_chosen_texts(client, settled, officer):
    publish(settled, officer, "話し合いが楽しかった", "だれも書いていない")

    page = public_page(client, settled).content.decode()
    assert "10人の方にお答えいただきました" in page
    assert "8人 80%" in page
    assert "2人" not in page
    assert "話し合いが楽しかった" in page
    assert "山田さん" not in page
    assert "だれも書いていない" not in page


def test_results_are_told_in_english_too(client, survey, public_plan, officer):
    asked = replace(QUESTIONS[0], label_en="Satisfied?")
    plan = replace(public_plan, title_en="Course survey", questions=[asked])
    change_survey(survey=survey, plan=plan, by=officer)
    answered(survey, [5] * 6)
    close_survey(survey=survey, by=officer, at=LATER)
    settle_survey(survey=survey, by=officer, at=SETTLED)
    publish(survey, officer)

    page = client.get(f"/en/surveys/{survey.public_id}/results/").content.decode()
    assert "Course survey" in page
    assert "Satisfied?" in page
    assert "満足度" not in page


def test_course_page_leads_to_what_was_published(client, settled, officer):
    assert published_of(settled.run.course) == []
    publish(settled, officer)
    assert published_of(settled.run.course) == [settled]


def test_what_was_taken_back_is_gone(client, settled, officer):
    publish(settled, officer, "話し合いが楽しかった")
    take_results_back(survey=settled, by=officer)

    assert public_page(client, settled).status_code == 404
    assert Survey.objects.get().published_texts == []


def test_nothing_is_public_before(client, settled):
    assert public_page(client, settled).status_code == 404


def test_chosen_texts_do_not_name_their_sheet(settled, officer):
    publish(settled, officer, "話し合いが楽しかった")
    assert settled.published_texts == [{"key": "good", "text": "話し合いが楽しかった"}]


def test_what_was_not_said_beforehand_is_not_published(survey, officer):
    answered(survey, [5] * 6)
    close_survey(survey=survey, by=officer, at=LATER)
    settle_survey(survey=survey, by=officer, at=SETTLED)

    with pytest.raises(NotForPublic):
        publish_results(survey=survey, chosen=[], by=officer, at=SETTLED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.update(published_at=SETTLED)


def test_what_goes_on_is_not_published(survey, public_plan, officer):
    change_survey(survey=survey, plan=public_plan, by=officer)
    with pytest.raises(NotForPublic):
        publish_results(survey=survey, chosen=[], by=officer, at=LATER)


def test_after_an_answer_nothing_more_becomes_public(survey, plan, public_plan, officer):
    answered(survey, [5])
    with pytest.raises(QuestionsFixed):
        change_survey(survey=survey, plan=public_plan, by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.update(for_public=True)


def test_the_promise_to_publish_can_be_taken_back(survey, plan, public_plan, officer):
    change_survey(survey=survey, plan=public_plan, by=officer)
    answered(survey, [5])
    change_survey(survey=survey, plan=plan, by=officer)
    assert not Survey.objects.get().for_public


def test_named_surveys_stay_inside(survey):
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.update(named=True, room_code=None, for_public=True)


def test_another_section_publishes_nothing(settled):
    with pytest.raises(NotAllowed):
        publish_results(
            survey=settled, chosen=[], by=officer_of(DepartmentFactory()), at=SETTLED
        )


def test_whoever_answers_is_told_before(client, survey, public_plan, officer):
    room = reverse("survey_room", args=["ABC234"])
    said = "市のサイトで公表します"
    Survey.objects.update(closes_at=None)
    assert said not in client.get(room).content.decode()

    change_survey(survey=survey, plan=replace(public_plan, closes_at=None), by=officer)
    assert said in client.get(room).content.decode()


def test_officer_chooses_one_by_one(client, settled, department):
    client.force_login(officer_of(department))
    address = reverse("manage_survey_publish", args=[settled.pk])
    form = client.get(address).content.decode()
    assert form.count('name="text"') == 2
    place = form.split("話し合いが楽しかった")[0].rsplit('value="', 1)[1].split('"')[0]

    client.post(address, {"text": [place, "9-9"]})
    settled.refresh_from_db()
    assert [one["text"] for one in settled.published_texts] == ["話し合いが楽しかった"]
    again = client.get(address).content.decode()
    assert again.count("checked") == 1
    client.post(address, {"act": "take_back"})
    assert Survey.objects.get().published_at is None


def test_form_of_publishing_is_for_the_section(client, settled):
    other = DepartmentFactory()
    settled.run.course.co_hosts.add(other)
    client.force_login(officer_of(other))
    address = reverse("manage_survey_publish", args=[settled.pk])
    assert client.post(address).status_code == 403
    assert Survey.objects.get().published_at is None
