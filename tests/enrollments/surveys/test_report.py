"""What the report of a run says of its surveys: a paper that leaves the section."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollments.domain.surveys.making import close_survey, make_survey, settle_survey
from enrollments.domain.surveys.summary import survey_summaries
from enrollments.exchange.prints.survey_figures import survey_figures
from tests.enrollments.back_office import officer_of
from tests.enrollments.surveys.conftest import LATER
from tests.enrollments.surveys.room import answered
from tests.papers import text_of

pytestmark = pytest.mark.django_db
SETTLED = LATER + timedelta(days=1)


@pytest.fixture
def at_work(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


def settled(survey, by):
    close_survey(survey=survey, by=by, at=LATER)
    settle_survey(survey=survey, by=by, at=SETTLED)


def page_of(client, run):
    return client.get(reverse("manage_report_page", args=[run.code])).content.decode()


def test_report_shows_what_a_settled_survey_found(client, at_work, survey, run, officer):
    answered(survey, [5] * 6 + [4] * 5, good="小声の感想")
    settled(survey, officer)

    [found] = survey_summaries(run, inside=False)
    figures = survey_figures(found)
    assert (figures["title"], figures["said"]) == ("講座のアンケート", "回答 11件")
    [satisfaction] = [one for one in figures["questions"] if one["label"] == "満足度"]
    assert [row["label"] for row in satisfaction["rows"]][:2] == ["5", "4"]
    pdf = text_of(client.get(reverse("manage_report_pdf", args=[run.code])).content)
    assert "講座のアンケート回答11件" in pdf
    for paper in (page_of(client, run), pdf):
        assert "満足度" in paper
        assert "小声の感想" not in paper


def test_report_holds_small_numbers_back(client, at_work, survey, run, officer):
    answered(survey, [5] * 8 + [1] * 2)
    settled(survey, officer)

    [found] = survey_summaries(run, inside=False)
    [satisfaction] = [
        one for one in survey_figures(found)["questions"] if one["label"] == "満足度"
    ]
    assert [row["cells"][0] for row in satisfaction["rows"]] == [
        {"words": "8人　80%", "bar": 100.0},
        *[{"words": "—", "bar": None}] * 4,
        {"words": "10人", "bar": None},
        {"words": "—", "bar": None},
    ]


def test_report_for_the_section_has_small_numbers_and_says_so(client, at_work, survey, run):
    answered(survey, [5] * 3)

    page = reverse("manage_report_page", args=[run.code])
    pdf = reverse("manage_report_pdf", args=[run.code])
    for paper in (
        client.get(page, {"inside": "1"}).content.decode(),
        text_of(client.get(pdf, {"inside": "1"}).content),
    ):
        assert "課の外へ出さないでください" in paper
        assert "満足度" in paper
    assert "課の外へ" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("number", "settle", "said"),
    [
        (6, False, "集計を確定すると、結果がここにのります。"),
        (4, True, "回答が5件に満たないため、数を示しません。"),
    ],
)
def test_report_says_why_there_is_no_figure(
    client, at_work, survey, run, officer, number, settle, said
):
    answered(survey, [5] * number)
    if settle:
        settled(survey, officer)

    page = page_of(client, run)
    assert said in page
    assert "満足度" not in page
    assert f"{number}件" not in page.split("<h3>講座のアンケート</h3>")[1]


def test_report_costs_the_same_for_one_survey_and_three(
    client, at_work, survey, run, officer, plan
):
    answered(survey, [5] * 6)
    settled(survey, officer)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            page_of(client, run)
        return len(seen)

    cost()
    one = cost()
    for _other in range(2):
        plain = replace(plan, room_code=None)
        another = make_survey(run=run, plan=plain, by=officer, at=LATER)
        settled(another, officer)
    assert cost() == one
