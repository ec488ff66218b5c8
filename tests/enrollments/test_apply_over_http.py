"""Applying and looking the application up, as a browser does it, without an account."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import SeatPool
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.links import application_token
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import (
    NOON,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)
from tests.pages import build_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(db):
    cache.clear()
    build_site()
    with time_machine.travel(NOON, tick=False):
        yield


def _form(**changes: str) -> dict[str, str]:
    said = {
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": "やまだ",
        "given_name_kana": "ﾊﾅｺ",
        "email": "hanako@example.jp",
        "phone": "",
        "message": "",
        "submission_key": str(uuid4()),
        "step": "send",
    }
    return said | changes


def _address(run) -> str:
    return f"/apply/{run.code}/"


def _fill(run, *people) -> None:
    for person in people:
        apply_for_seat(run=run, request=request_by(person), by=None, at=NOON)


def test_sent_form_leads_to_the_receipt(client, run):
    response = client.post(_address(run), _form())

    application = Application.objects.get()
    page = client.get(response.url).content.decode()
    assert application.receipt_number in page
    assert "受講が決まりました" in page
    assert application.full_name_kana == "ヤマダ ハナコ"


def test_wishes_reach_the_officer(client, run):
    client.post(_address(run), _form(message="車いすで参加します。"))

    assert Application.objects.get().message == "車いすで参加します。"


def test_check_shows_what_will_be_sent_and_sends_nothing(client, run):
    page = client.post(_address(run), _form(step="check", message="保育")).content.decode()

    assert "この内容で申し込みますか" in page
    assert "ヤマダ ハナコ" in page
    assert "保育" in page
    assert not Application.objects.exists()


def test_form_says_for_whom_and_how_places_are_given(client, run):
    run.audience = "市内在住の方"
    run.save()

    page = client.get(_address(run)).content.decode()

    assert "市内在住の方" in page
    assert "申込みの順に受け付け" in page
    assert "残りわずか（残り2名）" in page


def test_full_run_says_before_typing_that_one_would_wait(client, run):
    _fill(run, HANAKO, TARO, JIRO)

    form = client.get(_address(run)).content.decode()
    check = client.post(
        _address(run),
        _form(step="check", family_name_kana="スズキ", email="s@example.jp"),
    ).content.decode()

    for page in (form, check):
        assert "申し込むと2番目になります" in page
        assert "キャンセル待ちに申し込む" in page


def test_full_run_that_draws_again_promises_no_place_in_line(client, run):
    run.waiting_policy = "redraw"
    run.save()
    _fill(run, HANAKO, TARO, JIRO)

    page = client.get(_address(run)).content.decode()

    assert "番目になります" not in page
    assert "お待ちの方の中から抽選します" in page
    assert "キャンセル待ちに申し込む" in page


def test_full_run_without_a_waiting_list_shows_no_form(client, run):
    run.waiting_list = False
    run.save()
    _fill(run, HANAKO, TARO)

    page = client.get(_address(run)).content.decode()

    assert "定員に達しました" in page
    assert 'name="family_name"' not in page


def test_run_for_staff_only_shows_no_form(client, run):
    SeatPool.objects.filter(run=run).update(kind="staff")

    page = client.get(_address(run)).content.decode()

    assert "この講座に申し込めるのは、次にあてはまる方です。" in page
    assert "市の職員の方" in page
    assert 'name="family_name"' not in page


def test_run_whose_sessions_are_all_called_off_takes_nobody(client, run):
    run.sessions.update(state="cancelled")

    assert 'name="family_name"' not in client.get(_address(run)).content.decode()
    assert client.post(_address(run), _form()).status_code == 409
    assert not Application.objects.exists()


def test_signed_in_person_is_led_to_the_own_application(client, run):
    user = UserFactory(email="hanako@example.jp")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    client.force_login(user)
    client.post(_address(run), _form())

    page = client.get(_address(run)).content.decode()

    assert "すでに申し込んでいます" in page
    assert application_token(Application.objects.get()) in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"family_name": "\u200b"}, "family_name"),
        ({"given_name_kana": "hanako"}, "given_name_kana"),
        ({"email": "hanako"}, "email"),
        (
            {"email": f"a@{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.jp"},
            "email",
        ),
        ({"email": ""}, "email"),
        ({"email": " ", "phone": "\u3000"}, "email"),
        ({"email": "", "phone": "12"}, "phone"),
        ({"message": "あ" * 501}, "message"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(client, run, changes, field):
    response = client.post(_address(run), _form(**changes))

    form = response.context["form"]
    assert response.status_code == 422
    assert field in form.errors
    assert 'value="山田"' in response.content.decode() or "family_name" in changes
    assert not Application.objects.exists()


def test_error_summary_comes_before_everything_else(client, run):
    page = client.post(_address(run), _form(email="x")).content.decode()

    assert page.index('id="errors"') < page.index("受付状況")
    assert (
        "autofocus" in page[page.index('id="errors"') - 80 : page.index('id="errors"') + 40]
    )


def test_same_form_again_is_answered_with_the_first_receipt(client, run):
    form = _form()

    first, second = (client.post(_address(run), form).url for _ in range(2))

    assert first == second
    assert Application.objects.count() == 1


def test_same_key_serves_in_another_run(client, run):
    other = CourseRunFactory()
    SeatPoolFactory(run=other)
    SessionFactory(run=other)
    form = _form()

    assert client.post(_address(run), form).status_code == 302
    assert client.post(_address(other), form).status_code == 302
    assert Application.objects.count() == 2


@pytest.mark.parametrize("key", ["", "zz"])
def test_damaged_key_is_no_fault_of_the_person(client, run, key):
    assert client.post(_address(run), _form(submission_key=key)).status_code == 302


def test_too_many_attempts_keep_what_was_typed(client, run, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "apply": "1/1h"}
    client.post(_address(run), _form())

    response = client.post(_address(run), _form(email="taro@example.jp"))

    page = response.content.decode()
    assert response.status_code == 429
    assert "短い時間に操作が集中" in page
    assert 'value="taro@example.jp"' in page
    assert Application.objects.count() == 1


def test_withdrawn_application_says_so_and_leads_on(client, run):
    secret = client.post(_address(run), _form()).url

    client.post(f"{secret}withdraw/")

    page = client.get(secret).content.decode()
    assert "申込みを取り消しました" in page
    assert "ほかの講座をさがす" in page
    assert f"{secret}withdraw/" not in page
    assert Application.objects.get().state == State.WITHDRAWN


def test_person_without_mail_is_told_whom_to_call(client, run):
    secret = client.post(_address(run), _form(email="", phone="0420-11-1111")).url

    page = client.get(secret).content.decode()

    assert "担当課へお電話ください" in page
    assert 'href="tel:0420000000"' in page


def test_forged_link_is_not_found(client, run):
    secret = client.post(_address(run), _form()).url

    assert client.get(f"{secret[:-3]}x/").status_code == 404


def test_my_page_shows_the_place_in_line_in_fixed_queries(client, run):
    user = UserFactory(email="keiko@example.jp")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    client.force_login(user)
    counted = []
    for number in (1, 2):
        for _each in range(number):
            full = CourseRunFactory()
            SeatPoolFactory(run=full, capacity=1)
            SessionFactory(run=full, starts_at=NOON + timedelta(days=9))
            _fill(full, HANAKO, TARO)
            apply_for_seat(
                run=full, request=request_by(KEIKO, email=user.email), by=None, at=NOON
            )
        client.get("/my/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/my/").content.decode()
        counted.append(len(queries))
    assert page.count(" 2番") == 3
    assert counted[0] == counted[1]
