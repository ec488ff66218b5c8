"""The self-check for anybody, and keeping its result for a group."""

import re

import pytest
import time_machine

from learning_paths.domain.activities import begin_activity
from learning_paths.domain.making_checks import (
    AnswerDraft,
    QuestionDraft,
    begin_version,
    publish_check,
    write_check,
)
from learning_paths.models import CheckResult, StageRecord
from tests.factories import NOON, StageFactory

PAGE, KEEP = "/stages/check/", "/groups/midori/stage/check/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def check(officer):
    growth = StageFactory(key="test-growth", name="育ち")
    draft = begin_version(by=officer, at=NOON)
    answers = [AnswerDraft("扱わない"), AnswerDraft("帳簿がある", "", {growth.pk: 3})]
    questions = [QuestionDraft("お金は", "", answers)]
    write_check(check=draft, intro="", intro_en="", questions=questions, by=officer)
    return publish_check(check=draft, by=officer, at=NOON)


def _text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def _given(check):
    question = check.questions.get()
    return {f"q{question.pk}": question.answers.get(text="帳簿がある").pk}


@pytest.mark.django_db
def test_without_a_published_check_the_stages_are_pointed_to(client):
    assert "自己診断は準備中です。" in _text(client.get(PAGE))


def test_anybody_answers_and_nothing_is_stored(client, check):
    asked = _text(client.get(PAGE))
    assert "質問1（全1問） お金は 扱わない 帳簿がある" in asked

    response = client.get(PAGE, {"answered": "1", **_given(check)})
    page = _text(response)
    assert "いまの活動に近いステージ 育ち" in page
    assert "育ち 答えの100% 帳簿がある お金は" in page
    assert "に記録する" not in page
    assert response.cookies == {}
    assert (CheckResult.objects.count(), StageRecord.objects.count()) == (0, 0)


@pytest.mark.parametrize("data", [{}, {"q1": "x"}, {"q1": "²"}, {"q1": "9" * 40}])
def test_answers_that_say_nothing_ask_for_one(data, client, check):
    page = _text(client.get(PAGE, {"answered": "1", **data}))
    assert "一つ以上の質問に答えてください。" in page


def test_organiser_keeps_the_result_for_an_activity_with_its_reasons(
    check, group, leader, as_user, keiko, now
):
    walk = begin_activity(group=group, name="見守り散歩", by=keiko, at=now)
    client = as_user(keiko)
    page = _text(client.get(PAGE, {"answered": "1", **_given(check)}))
    assert "「緑の会」に記録する" in page

    data = {"check": check.pk, "activity": walk.pk, **_given(check)}
    page = _text(client.post(KEEP, data, follow=True))
    assert "見守り散歩 11月21日（土） 育ち" in page
    result = CheckResult.objects.get()
    reasons = _text(client.get(f"{KEEP}{result.pk}/"))
    assert "11月21日（土）に、自己診断 第1版で答えた結果です。" in reasons
    assert "帳簿がある お金は" in reasons


def test_who_may_keep_and_read_results(
    check, group, leader, member, client, as_user, keiko, hanako, taro
):
    data = {"check": check.pk, **_given(check)}
    assert client.post(KEEP, data).status_code == 302
    assert as_user(taro).post(KEEP, data).status_code == 404
    assert as_user(hanako).post(KEEP, data).status_code == 403
    assert StageRecord.objects.count() == 0
    assert as_user(keiko).post(KEEP, data).status_code == 302
    result = CheckResult.objects.get()
    assert as_user(hanako).get(f"{KEEP}{result.pk}/").status_code == 200
    assert as_user(taro).get(f"{KEEP}{result.pk}/").status_code == 404


def test_activity_of_another_group_is_not_found(check, leader, as_user, keiko):
    data = {"check": check.pk, "activity": "999", **_given(check)}
    assert as_user(keiko).post(KEEP, data).status_code == 404
