"""Stages in the demo city: a self-check to answer, and a group of several activities."""

import pytest

from courses.models import Stage
from learning_paths.domain.checks import check_in_force, questions_of
from learning_paths.models import Activity, Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_self_check_can_be_answered(client):
    questions = _questions()

    page = client.get("/stages/check/").content.decode()

    assert len(questions) == 6
    assert all(question.text in page for question in questions)


def test_self_check_suggests_the_stage_that_the_answers_speak_for(client):
    firsts = {f"q{question.pk}": question.answers.all()[0].pk for question in _questions()}

    page = client.get("/stages/check/", firsts).content.decode()

    nearest = Stage.objects.get(key="awareness")
    assert page.index("いまの活動に近いステージ") < page.index(nearest.label)


def test_a_group_tells_two_activities_apart():
    assert Activity.objects.get().name == "こども見守り散歩"


def test_a_path_has_a_later_version():
    versions = {path.slug: path.versions.count() for path in Path.objects.all()}
    assert max(versions.values()) == 2


def _questions():
    return list(questions_of(check_in_force()))
