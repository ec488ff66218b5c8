"""What a course page tells of the way to get in: for whom, until when, by which rule."""

import re
from datetime import date, datetime, timedelta

import pytest

from courses.domain.fiscal_year import TOKYO
from courses.domain.requirement_words import condition_words, requirement_words
from courses.domain.requirements import RequirementPlan
from courses.models import CourseRun, Requirement, SeatPool, SupportOffer
from tests.factories import NOON, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOME = ["resident", "worker", "student"]


def _says(**changes) -> RequirementPlan:
    return RequirementPlan(**changes)


@pytest.mark.parametrize(
    ("plans", "unit", "japanese", "english"),
    [
        ([], "persons", "", ""),
        (
            [
                _says(kind="residency", residencies=HOME),
                _says(kind="age", group=2, min_age=18),
            ],
            "persons",
            "市内在住・在勤・在学で18歳以上の方",
            "People who live, work or study in the city and are 18 or over",
        ),
        (
            [_says(kind="school_year", min_school_year=4, max_school_year=6)],
            "parties",
            "小学4〜6年生とその保護者",
            "People who are in years 4 to 6 of elementary school",
        ),
        (
            [
                _says(kind="age", min_age=18),
                _says(kind="school_year", min_school_year=10, max_school_year=12),
            ],
            "persons",
            "18歳以上または高校生の方",
            "People who are 18 or over or are in years 1 to 3 of high school",
        ),
        ([_says(kind="age", min_age=10, max_age=15)], "persons", "10〜15歳の方", None),
        ([_says(kind="group")], "persons", "登録団体の会員の方", None),
        (
            [
                _says(kind="stated", words="はじめて手話を学ぶ方"),
                _says(kind="residency", group=2, residencies=["resident"]),
            ],
            "persons",
            "市内在住ではじめて手話を学ぶ方",
            None,
        ),
        (
            [_says(kind="school_year", min_school_year=7)],
            "persons",
            "中学生以上の方",
            None,
        ),
    ],
)
def test_conditions_read_like_the_bulletin(plans, unit, japanese, english):
    assert requirement_words(plans, unit=unit) == japanese
    if english is not None:
        assert requirement_words(plans, unit=unit, english=True) == english


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "residency", "residencies": HOME},
        {"kind": "age", "min_age": 18, "max_age": 39},
        {"kind": "school_year", "min_school_year": 4, "max_school_year": 6},
        {"kind": "group"},
        {"kind": "staff"},
    ],
)
def test_form_names_a_condition_as_the_page_does(facts):
    plan = _says(**facts)
    assert condition_words(plan) == requirement_words([plan])
    in_english = condition_words(plan, english=True)
    assert in_english.capitalize() == requirement_words([plan], english=True).capitalize()


@pytest.fixture
def drawn(offer) -> CourseRun:
    run = offer("bosai")
    CourseRun.objects.filter(pk=run.pk).update(
        selection_mode="lottery",
        paper_deadline=date(2026, 11, 30),
        paper_rule="postmark",
        draw_tiers=["residents", "first_time"],
        results_at=datetime(2026, 12, 2, 10, tzinfo=TOKYO),
        tells_losers=False,
        withdraw_until=datetime(2026, 12, 3, 17, tzinfo=TOKYO),
        minimum_to_hold=5,
        decide_on=date(2026, 12, 2),
        waiting_policy="redraw",
        audience="",
    )
    Requirement.objects.create(run=run, kind="residency", residencies=["resident"])
    Requirement.objects.create(run=run, kind="age", min_age=60, group=2)
    return run


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _page(client, address="/courses/bosai/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_page_tells_how_one_gets_in(client, drawn):
    text = words(_page(client))

    assert "対象 市内在住で60歳以上の方" in text
    assert "はがき・ファクス：11月30日（月）消印有効" in text
    assert (
        "締切のあと、抽選で決めます。市内にお住まいの方、この講座にはじめて参加する方の順に"
        "優先します。結果は12月2日（水）10:00にお知らせします。落選した方にはお知らせしません。"
        "席が空いたときは、待っている方の中で抽選します。"
    ) in text
    assert "最少開催人数 5名（満たないときは12月2日（水）に中止を決め、" in text
    assert "取り消し 12月3日（木）17:00まで、ウェブか電話で取り消せます。" in text


def test_own_words_of_the_officer_go_before_the_conditions(client, drawn):
    CourseRun.objects.filter(pk=drawn.pk).update(audience="おおむね60歳からの方")

    text = words(_page(client))

    assert "対象 おおむね60歳からの方" in text
    assert "60歳以上の方" not in text


def test_page_tells_what_is_known_of_each_offer(client, offer):
    run = offer("bosai", has_childcare=True, has_captioning=True)
    SupportOffer.objects.create(
        run=run,
        kind="childcare",
        capacity=6,
        min_age_months=10,
        max_age_months=83,
        fee=300,
        deadline=datetime(2026, 11, 28, tzinfo=TOKYO),
        note="おむつをお持ちください。",
    )
    SupportOffer.objects.create(run=run, kind="hearing_loop")

    text = words(_page(client))

    assert (
        "保育 あり 希望は11月27日（金）まで、10か月から就学前まで、6人まで、1人300円。"
        "おむつをお持ちください。"
    ) in text
    assert "参加のための支援 磁気ループ 要約筆記" in text


def test_each_session_to_choose_has_its_places_and_its_link(client, offer):
    run = offer("bosai")
    SeatPool.objects.filter(run=run).delete()
    CourseRun.objects.filter(pk=run.pk).update(chooses_session=True)
    first = run.sessions.get()
    second = SessionFactory(
        run=run, number=first.number + 1, starts_at=NOON + timedelta(days=20)
    )
    SeatPoolFactory(run=run, session=first, capacity=2, seats_taken=2)
    SeatPoolFactory(run=run, session=second, capacity=5, seats_taken=1)

    html = _page(client)

    assert "満員（キャンセル待ち受付中）" in words(html)
    assert "残り4名" in words(html)
    for session in (first, second):
        assert f"/apply/{run.code}/?session={session.number}" in html
