"""Answering on a phone, and what officers and others see."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.surveys.answering import answer_in_room
from enrollments.domain.surveys.making import (
    change_survey,
    close_survey,
    make_survey,
    settle_survey,
)
from enrollments.domain.surveys.sending import ask
from enrollments.domain.surveys.summary import survey_summaries
from enrollments.models import AnswerSheet, Survey, SurveyTemplate
from tests.cms.sent_form import as_shown
from tests.enrollments.back_office import officer_of
from tests.enrollments.surveys.conftest import LATER, QUESTIONS
from tests.enrollments.surveys.links import tokens
from tests.factories import NOON, CourseRunFactory, DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(db):
    cache.clear()
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def at_work(client, department, after):
    user = officer_of(department)
    client.force_login(user)
    return user


def fill(survey, number, **answers):
    for seed in range(number):
        answer_in_room(
            survey=survey,
            form_key=uuid4(),
            answers={"satisfaction": 1 + seed % 5, **answers},
            said_side="",
            at=LATER,
            chance=Random(seed),
        )


def sent(**answers):
    data = {f"q-{key}": value for key, value in answers.items()}
    return {"form_key": str(uuid4()), **data}


def test_somebody_asked_answers_once(client, after, survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    address = reverse("survey", args=[tokens()[0]])

    assert "無記名のアンケートです" in client.get(address).content.decode()
    answers = sent(satisfaction="5", length="1", heard=["0", "1"], good="よかった")
    assert client.post(address, answers).headers["Location"] == reverse("survey_done")
    assert AnswerSheet.objects.get().answers == {
        "satisfaction": 5,
        "length": 1,
        "heard": [0, 1],
        "good": "よかった",
    }
    again = client.post(address, answers)
    assert "すでにお答えいただいています" in again.content.decode()
    assert AnswerSheet.objects.count() == 1


def test_what_was_filled_in_stays_after_a_mistake(client, after, survey, officer):
    ask(survey=survey, by=officer, at=LATER)
    page = client.post(reverse("survey", args=[tokens()[0]]), sent(good="講師がよかった"))

    assert page.status_code == 422
    text = page.content.decode()
    assert "講師がよかった" in text
    assert "一つえらんでください。" in text


def test_answers_to_former_questions_are_not_taken(client, at_work, survey, plan):
    """An option may stand in another's place: nothing is counted for another answer."""
    ask(survey=survey, by=at_work, at=LATER)
    address = reverse("survey", args=[tokens()[0]])
    shown = client.get(address).content.decode()
    mark = shown.split('name="asked" value="')[1].split('"')[0]
    turned = [
        replace(one, options=one.options[::-1]) if one.key == "length" else one
        for one in QUESTIONS
    ]
    change_survey(survey=survey, plan=replace(plan, questions=turned), by=at_work)

    data = sent(satisfaction="5", length="0", good="講師がよかった") | {"asked": mark}
    page = client.post(address, data)
    assert page.status_code == 409
    assert "質問が変わりました" in page.content.decode()
    assert "講師がよかった" in page.content.decode()
    assert "checked" not in page.content.decode()
    assert AnswerSheet.objects.count() == 0
    paper = reverse("manage_survey_entry", args=[survey.pk])
    assert client.post(paper, data).status_code == 409
    assert AnswerSheet.objects.count() == 0


def test_questions_changed_too_late_are_refused_aloud(client, at_work, survey):
    edit = reverse("manage_survey_edit", args=[survey.pk])
    form = as_shown(client.get(edit))
    fill(survey, 1)

    answer = client.post(edit, form | {"form-0-label": "ほかの質問"})
    assert answer.status_code == 409
    assert "写しを作って変えてください" in answer.content.decode()
    assert Survey.objects.get().questions[0]["label"] == "満足度"


def test_form_opened_before_a_colleague_saved_undoes_nothing_silently(
    client, at_work, survey, plan
):
    edit = reverse("manage_survey_edit", args=[survey.pk])
    form = as_shown(client.get(edit))
    change_survey(survey=survey, plan=replace(plan, title="同僚の題名"), by=at_work)

    answer = client.post(edit, form | {"intro": "わたしの文"})
    assert answer.status_code == 409
    assert "ほかの人がこのアンケートを先に保存しました" in answer.content.decode()
    assert Survey.objects.get().title == "同僚の題名"

    again = as_shown(answer)
    assert again["intro"].strip() == "わたしの文"
    assert client.post(edit, again | {"title": "二人の題名"}).status_code == 302
    saved = Survey.objects.get()
    assert (saved.title, saved.intro) == ("二人の題名", "わたしの文")


def test_answers_that_come_meanwhile_are_no_conflict(client, at_work, survey):
    fill(survey, 1)
    edit = reverse("manage_survey_edit", args=[survey.pk])
    form = as_shown(client.get(edit))
    fill(survey, 1)

    assert client.post(edit, form | {"intro": "わたしの文"}).status_code == 302
    assert Survey.objects.get().intro == "わたしの文"


def test_forged_links_open_nothing(client, after, survey):
    assert client.get(reverse("survey", args=["x" * 43])).status_code == 404
    assert client.get(reverse("survey_stop", args=["x.y"])).status_code == 404


def test_a_browser_in_the_room_answers_once(client, after, survey):
    address = reverse("survey_room", args=["abc234"])

    assert client.post(address, sent(satisfaction="4")).status_code == 302
    assert "すでにお答えいただいています" in client.get(address).content.decode()
    assert AnswerSheet.objects.get().origin == "room"


def test_a_closed_survey_says_so_kindly(client, after, survey, officer):
    close_survey(survey=survey, by=officer, at=LATER)
    page = client.get(reverse("survey_room", args=["ABC234"]))

    assert (page.status_code, "受付は終わりました" in page.content.decode()) == (200, True)


def test_stopping_surveys_counts_for_the_address(client, after, survey, officer, people):
    from enrollments.domain.surveys.opting_out import survey_stop_path

    address = survey_stop_path(people[0].application)
    client.get(address)
    assert ask(survey=survey, by=officer, at=LATER) == 8
    client.post(address)
    people[0].application.refresh_from_db()
    assert not people[0].application.wants_surveys


def test_an_officer_begins_from_a_template(client, at_work, run):
    template = SurveyTemplate.objects.get(occasion="session")
    address = reverse("manage_survey_new", args=[run.code])
    page = client.get(address, {"start": f"template-{template.pk}"})
    rows = page.context["rows"]
    data = {"title": "今日の回", "audience": "everybody", "in_room": "on"}
    data |= {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows.initial):
        data |= {f"form-{place}-{name}": value or "" for name, value in row.items()}

    client.post(address + f"?start=template-{template.pk}", data)
    made = Survey.objects.get()
    assert [one["key"] for one in made.questions] == [
        one["key"] for one in template.questions
    ]
    assert made.room_code is not None


def test_questions_are_moved_without_being_saved(client, at_work, survey):
    address = reverse("manage_survey_edit", args=[survey.pk])
    data = {"title": "", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    data |= {"form-0-label": "一つめ", "form-1-label": "二つめ", "act": "down-0"}

    rows = client.post(address, data).context["rows"]
    assert [row["label"] for row in rows.initial] == ["二つめ", "一つめ"]
    data["act"] = "add"
    assert len(client.post(address, data).context["rows"].initial) == 3
    survey.refresh_from_db()
    assert survey.questions[0]["label"] == "満足度"


def test_a_question_left_empty_or_taken_out_is_none(client, at_work, survey):
    address = reverse("manage_survey_edit", args=[survey.pk])
    seen = as_shown(client.get(address))["seen"]
    data = {"title": "題", "audience": "everybody", "seen": seen}
    data |= {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    data |= {"form-0-label": "残す", "form-0-kind": "text", "form-1-kind": "one"}
    data |= {"form-2-label": "消す", "form-2-kind": "one", "form-2-remove": "on"}

    assert client.post(address, data).status_code == 302
    survey.refresh_from_db()
    assert [one["label"] for one in survey.questions] == ["残す"]


def test_the_section_reads_everything_with_a_warning(client, at_work, survey):
    fill(survey, 3, good="また来たい")
    text = client.get(reverse("manage_survey", args=[survey.pk])).content.decode()

    assert text.count("また来たい") == 3
    assert "回答が5件に満たないため" in text
    assert '<svg class="survey-plot"' in text


def test_a_co_host_sees_no_small_number(client, after, survey, run, officer):
    other = officer_of(DepartmentFactory())
    run.course.co_hosts.add(other.staff_profile.department)
    fill(survey, 8, good="また来たい")
    client.force_login(other)
    address = reverse("manage_survey", args=[survey.pk])

    assert "集計を確定してから" in client.get(address).content.decode()
    close_survey(survey=survey, by=officer, at=LATER)
    settle_survey(survey=survey, by=officer, at=LATER)
    page = client.get(address)
    assert "また来たい" not in page.content.decode()
    assert page.context["result"].questions[0].columns[0].counts == (None,) * 5
    assert client.post(reverse("manage_survey_csv", args=[survey.pk])).status_code == 403
    assert client.get(reverse("manage_survey_edit", args=[survey.pk])).status_code == 403


def test_another_section_sees_nothing(client, after, survey):
    client.force_login(officer_of(DepartmentFactory()))

    for name in ("manage_survey", "manage_survey_send", "manage_survey_screen"):
        assert client.get(reverse(name, args=[survey.pk])).status_code == 403


def test_csv_asks_why_and_runs_nothing(client, at_work, survey):
    fill(survey, 2, good='=HYPERLINK("http://example.jp")')
    address = reverse("manage_survey_csv", args=[survey.pk])

    assert client.post(address).status_code == 422
    text = client.post(address, {"reason": "報告書"}).content.decode("utf-8-sig")
    assert text.count("'=HYPERLINK") == 2
    assert AccessLog.objects.get(reason="報告書").people == 2


def test_paper_is_typed_in_with_gaps(client, at_work, survey):
    address = reverse("manage_survey_entry", args=[survey.pk])

    assert client.post(address, sent(length="0")).status_code == 302
    sheet = AnswerSheet.objects.get()
    assert (sheet.origin, sheet.answers) == ("paper", {"length": 0})


def test_screen_and_paper_are_shown(client, at_work, survey):
    screen = client.get(reverse("manage_survey_screen", args=[survey.pk]))
    paper = client.get(reverse("manage_survey_paper", args=[survey.pk]))

    assert "/s/ABC234/" in screen.content.decode()
    assert "お名前は書かないでください。" in paper.content.decode()


def test_results_cost_the_same_for_one_and_for_many(client, at_work, survey):
    address = reverse("manage_survey", args=[survey.pk])

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    fill(survey, 1)
    client.get(address)
    one = cost()
    fill(survey, 5)
    assert cost() == one


def test_summary_for_others_says_nothing_of_few(survey, run):
    fill(survey, 3)

    assert survey_summaries(run, inside=False)[0].answered is None
    whole = survey_summaries(run, inside=True)[0]
    assert (whole.answered, str(whole.questions[0].columns[0].average)) == (3, "2.0")


def test_lists_of_surveys_cost_the_same_for_one_and_three(
    client, at_work, survey, run, plan
):
    def cost():
        with CaptureQueriesContext(connection) as found:
            page = client.get(reverse("manage_surveys", args=[run.code]))
        return len(found), page.content.decode().count("講座のアンケート</a>")

    cost()
    one, lines = cost()
    for _other in range(2):
        make_survey(run=run, plan=replace(plan, room_code=None), by=at_work, at=LATER)
    assert (cost(), lines) == ((one, 3), 1)


def test_comparison_costs_the_same_for_one_earlier_run_and_three(
    client, at_work, survey, run, plan
):
    def earlier(days):
        former = CourseRunFactory(course=run.course, code=f"2025-{days:04}")
        at = NOON - timedelta(days=days)
        made = make_survey(
            run=former, plan=replace(plan, room_code=f"R{days:05}"), by=at_work, at=at
        )
        fill(made, 5)

    def cost():
        with CaptureQueriesContext(connection) as found:
            page = client.get(reverse("manage_survey", args=[survey.pk]))
        return len(found), page.content.decode().count("これまでの開催とくらべる")

    fill(survey, 5)
    earlier(10)
    cost()
    one, compared = cost()
    earlier(20)
    earlier(30)
    assert cost() == (one, compared)
    assert compared == 4  # every question but the free text


def test_an_english_reader_finds_all_of_it_in_english(client, after, survey, plan, officer):
    english = replace(plan, title_en="Course survey", intro="はじめに", intro_en="Hello")
    asked = replace(
        QUESTIONS[0], label_en="Satisfied?", help_text="補足", help_text_en="A note"
    )
    change_survey(survey=survey, plan=replace(english, questions=[asked]), by=officer)

    page = client.get("/en/s/ABC234/").content.decode().split("<main")[1]
    for words in ("Course survey", "Hello", "Satisfied?", "A note"):
        assert words in page
    japanese = client.get("/s/ABC234/").content.decode()
    for words in ("講座のアンケート", "はじめに", "満足度", "補足"):
        assert words in japanese
