"""Applying in steps: only what the run needs is asked, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import PurposeNotice
from courses.models import Requirement, RunQuestion, SeatPool, SupportOffer
from enrollments.enums import ContactBy
from enrollments.models import Application
from tests.cms.sent_form import as_shown
from tests.enrollments.application_form import address_of, companion, filled
from tests.factories import NOON, SeatPoolFactory, SessionFactory
from tests.pages import build_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(db):
    cache.clear()
    build_site()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def question(run):
    return RunQuestion.objects.create(
        run=run, kind="choice", label="経験", options="はじめて\n2回目", is_required=True
    )


def test_run_without_questions_has_two_steps(client, run):
    page = client.get(address_of(run)).content.decode()

    assert "必要なこと" not in page
    for name in ("residency", "birth_date", "school_year", "place", "terms"):
        assert f'name="{name}"' not in page


def test_three_steps_carry_everything_to_the_receipt(client, run, question):
    address = address_of(run)
    needs = client.post(address, filled(step="needs", message=""))
    assert "この講座からの質問" in needs.content.decode()

    answered = as_shown(needs) | {f"question_{question.pk}": "2回目"}
    check = client.post(address, answered | {"other_wish": "車いす", "step": "check"})
    page = check.content.decode()
    assert "2回目" in page
    assert "ヤマダ ハナコ" in page
    sent = client.post(address, as_shown(check) | {"step": "send"})

    assert sent.status_code == 302
    application = Application.objects.get()
    assert application.answers.get().value == "2回目"
    assert application.support_requests.get().needs == "車いす"


def test_unanswered_question_is_asked_again_and_the_first_step_kept(client, run, question):
    needs = client.post(address_of(run), filled(step="needs"))

    response = client.post(address_of(run), as_shown(needs) | {"step": "check"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"question_{question.pk}"]
    assert as_shown(response)["family_name"] == "山田"


def test_first_step_does_not_blame_the_second(client, run, question):
    response = client.post(address_of(run), filled(step="needs", email="x"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]


@pytest.mark.parametrize(
    ("kind", "options", "answer", "kept"),
    [
        ("text", "", "  𠮷野家\u3000前 ", "𠮷野家 前"),
        ("long_text", "", "一行目\n二行目", "一行目\n二行目"),
        ("choices", "朝\n夜", ["朝", "夜"], "朝\n夜"),
        ("number", "", "１２", "12"),
        ("date", "", "2026-12-24", "2026-12-24"),
    ],
)
def test_each_kind_of_question_keeps_its_answer(client, run, kind, options, answer, kept):
    asked = RunQuestion.objects.create(run=run, kind=kind, label="問い", options=options)

    client.post(address_of(run), filled(**{f"question_{asked.pk}": answer}))

    assert Application.objects.get().answers.get().value == kept


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("choice", "三回目"),
        ("number", "たくさん"),
        ("date", "9999999"),
        ("text", "あ" * 201),
    ],
)
def test_impossible_answers_are_named(client, run, kind, answer):
    asked = RunQuestion.objects.create(run=run, kind=kind, label="問い", options="一回目")

    response = client.post(address_of(run), filled(**{f"question_{asked.pk}": answer}))

    assert response.status_code == 422
    assert f"question_{asked.pk}" in response.context["form"].errors
    assert not Application.objects.exists()


def test_companions_are_added_and_taken_out_without_a_script(client, run):
    run.max_participants = 3
    run.save()
    address = address_of(run)
    one = client.post(address, filled(step="add"))
    typed = as_shown(one) | companion(1, "山田", "太郎", "ヤマダ", "タロウ")
    two = client.post(address, typed | {"step": "add"})
    assert 'value="太郎"' in two.content.decode()
    typed = as_shown(two) | companion(2, "山田", "次郎", "ヤマダ", "ジロウ")

    left = client.post(address, typed | {"step": "remove:1"})

    shown = as_shown(left)
    assert shown["companion1-given_name"] == "次郎"
    assert "companion2-given_name" not in shown
    client.post(address, shown | {"step": "send"})
    assert [str(person) for person in Application.objects.get().participants.all()] == [
        "山田 花子",
        "山田 次郎",
    ]


def test_link_of_a_group_opens_the_form_for_several(client, run):
    run.max_participants = 4
    run.save()

    assert "companion2-family_name" in as_shown(client.get(f"{address_of(run)}?people=3"))
    shown = as_shown(client.get(f"{address_of(run)}?people=99"))
    assert "companion3-family_name" in shown
    assert "companion4-family_name" not in shown


def test_postcode_fills_the_address_without_a_script(client, run):
    response = client.post(
        address_of(run), filled(step="postcode", postal_code="１８０−００２２")
    )

    shown = as_shown(response)
    assert shown["address"] == "東京都武蔵野市境"
    assert shown["family_name"] == "山田"


def test_unknown_postcode_leaves_the_address(client, run):
    data = filled(step="postcode", postal_code="000-0000", address="緑町1-2-3")

    assert as_shown(client.post(address_of(run), data))["address"] == "緑町1-2-3"


def test_person_without_mail_or_phone_is_written_to(client, run):
    client.post(
        address_of(run), filled(email="", postal_code="180-0022", address="境1-2-3")
    )

    application = Application.objects.get()
    assert application.contact_by == ContactBy.POST
    assert (application.postal_code, application.address) == ("1800022", "境1-2-3")


@pytest.mark.parametrize("changes", [{"by_post": "on"}, {"postal_code": "12"}])
def test_half_an_address_is_named(client, run, changes):
    response = client.post(address_of(run), filled(**changes))

    assert response.status_code == 422
    assert not Application.objects.exists()


def test_address_is_needed_where_the_run_asks_for_it(client, run):
    run.asks_address = True
    run.save()

    assert client.post(address_of(run), filled()).status_code == 422
    assert client.post(address_of(run), filled(address="境1")).status_code == 302


def test_terms_are_shown_and_have_to_be_accepted(client, run):
    terms = PurposeNotice.objects.create(
        key="terms", version=1, body="途中の退席はできません。", effective_from=NOON.date()
    )
    run.asks_terms = True
    run.save()
    check = client.post(address_of(run), filled(step="check"))
    assert "途中の退席はできません。" in check.content.decode()

    refused = client.post(address_of(run), as_shown(check) | {"step": "send"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["terms"]
    client.post(address_of(run), as_shown(refused) | {"step": "send", "terms": "on"})

    application = Application.objects.get()
    assert application.terms_consent.notice == terms
    assert application.consent.notice.key == "application"


def test_childcare_is_asked_for_with_the_children(client, run):
    SupportOffer.objects.create(run=run, kind="childcare", capacity=2, max_age_months=72)
    child = {"child1-called": "はるちゃん", "child1-years": "3", "child1-months": "4"}

    client.post(address_of(run), filled(**child))

    wish = Application.objects.get().support_requests.get()
    kept = wish.children.get()
    assert (wish.kind, kept.called, kept.age_months) == ("childcare", "はるちゃん", 40)


def test_offer_whose_deadline_has_passed_is_not_asked(client, run):
    past = NOON - timedelta(days=1)
    SupportOffer.objects.create(run=run, kind="sign_language", deadline=past)

    page = client.post(address_of(run), filled(step="check")).content.decode()

    assert "手話通訳" not in page


def test_child_of_another_age_is_refused_and_everything_kept(client, run):
    SupportOffer.objects.create(run=run, kind="childcare", min_age_months=24)
    child = {"child1-called": "はるちゃん", "child1-years": "0", "child1-months": "9"}

    response = client.post(address_of(run), filled(**child))

    assert response.status_code == 409
    assert "年齢" in str(response.context["refusal"].sentence)
    assert as_shown(response)["child1-called"] == "はるちゃん"
    assert not Application.objects.exists()


def test_one_of_the_sessions_is_chosen(client, run):
    run.chooses_session = True
    SeatPool.objects.filter(run=run).delete()
    run.save()
    first = run.sessions.get()
    later = SessionFactory(run=run, number=2, starts_at=NOON + timedelta(days=21))
    SeatPoolFactory(run=run, session=first, capacity=1)
    pool = SeatPoolFactory(run=run, session=later, capacity=5)

    page = client.get(f"{address_of(run)}?session=2")
    assert as_shown(page)["place"] == [str(pool.pk)]
    assert "残り5名" in page.content.decode()
    assert "2回のうち1回をえらびます" in page.content.decode()
    assert "全2回" not in page.content.decode()
    assert client.post(address_of(run), filled()).status_code == 422
    client.post(address_of(run), filled(place=str(pool.pk)))

    application = Application.objects.get()
    assert application.pool == pool
    again = client.post(address_of(run), filled(place=str(first.pools.get().pk)))
    assert again.status_code == 409


@pytest.mark.parametrize(
    "hostile",
    [
        {"family_name": "山\0田"},
        {"family_name": "😀" * 61},
        {"message": "あ" * 100_000},
        {"place": "x", "group": "x", "at": "nowhere", "companions": "9" * 40},
        {"step": "remove:999"},
        {"step": "remove:²"},
        {"step": "\0"},
        {"submission_key": "\0"},
        {"postal_code": "\0", "step": "postcode"},
        {"companion1-family_name": "x" * 5000, "step": "check"},
        {"email": "a@\ud83d.jp".encode("utf-8", "replace").decode()},
    ],
)
def test_hostile_input_never_breaks_the_form(client, run, hostile):
    run.max_participants = 2
    run.save()

    for step in ("check", "send", "needs", "edit"):
        response = client.post(address_of(run), filled(**({"step": step} | hostile)))
        assert response.status_code in (200, 302, 409, 422)


def test_names_beyond_the_common_signs_are_kept(client, run):
    client.post(address_of(run), filled(family_name="𠮷田", given_name="髙子"))

    assert Application.objects.get().full_name == "𠮷田 髙子"


def test_questions_and_sessions_cost_no_more_queries(client, run):
    counted = []
    for number in (1, 2):
        for each in range(number):
            RunQuestion.objects.create(run=run, kind="text", label=f"問い{each}")
            Requirement.objects.create(
                run=run, kind="age", min_age=18, age_on=date(2026, 4, 1), group=each + 1
            )
        client.get(address_of(run))
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of(run))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_place_is_asked_for_as_a_way_of_taking_part_or_as_whose_it_is(client, run):
    pool = SeatPoolFactory(run=run, kind="online", capacity=5)
    page = client.get(address_of(run)).content.decode()
    assert ("参加のしかた" in page, "申し込む枠" in page) == (True, False)
    check = client.post(address_of(run), filled(place=str(pool.pk), step="check"))
    assert check.context["summary"][0].label == "参加のしかた"


def test_summary_says_a_date_as_people_do(client, run):
    asked = RunQuestion.objects.create(run=run, kind="date", label="希望日")
    answers = {f"question_{asked.pk}": "2026-12-24"}
    check = client.post(address_of(run), filled(step="check", **answers))
    lines = {line.label: line.words for line in check.context["summary"]}
    assert lines["希望日"] == "2026年12月24日"


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("age", {"min_age": 60}, "生年月日を入力してください。"),
        ("school_year", {"min_school_year": 4}, "学年をえらんでください。"),
        (
            "residency",
            {"residencies": ["resident"]},
            "あてはまるものを一つえらんでください。",
        ),
    ],
)
def test_what_a_condition_needs_is_asked_for_in_words(client, run, kind, more, sentence):
    Requirement.objects.create(run=run, kind=kind, **more)
    response = client.post(address_of(run), filled())
    assert sentence in response.content.decode()


def test_slip_in_the_mail_address_is_pointed_out_and_corrected(client, run):
    address = address_of(run)
    check = client.post(address, filled(step="check", email="hanako@gmial.com"))
    page = check.content.decode()
    assert check.status_code == 200
    assert "メールアドレスは、hanako@gmail.com ではありませんか。" in page

    corrected = client.post(address, as_shown(check) | {"step": "meant"})
    page = corrected.content.decode()
    assert "ではありませんか" not in page
    assert "hanako@gmail.com" in page
    client.post(address, as_shown(corrected) | {"step": "send"})
    assert Application.objects.get().email == "hanako@gmail.com"


def test_hint_about_the_mail_address_never_stops_anybody(client, run):
    client.post(address_of(run), filled(step="send", email="hanako@gmial.com"))
    assert Application.objects.get().email == "hanako@gmial.com"


def test_hint_stands_at_the_field_when_one_goes_back(client, run):
    address = address_of(run)
    page = client.post(address, filled(step="edit", email="a@yaho.co.jp")).content.decode()
    assert "メールアドレスは、a@yahoo.co.jp ではありませんか。" in page
