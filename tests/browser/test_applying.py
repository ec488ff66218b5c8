"""Three steps on a phone, with readings and an address that fill themselves in; and a
clerk at a keyboard."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import CourseRun, Requirement, RunQuestion, SupportOffer
from enrollments.models import Application
from tests.browser.axe import assert_fits, violations
from tests.enrollments.back_office import officer_of
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def run(transactional_db, live_server, settings) -> CourseRun:
    """Residents, two at a time, one question, childcare."""
    settings.PUBLIC_URL = live_server.url
    now = timezone.now()
    build_site()
    run = CourseRunFactory(
        course=CourseFactory(title="親子の防災"),
        venue=VenueFactory(),
        max_participants=2,
        applications_open_at=now - timedelta(days=1),
        applications_close_at=now + timedelta(days=10),
    )
    SeatPoolFactory(run=run, capacity=9)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=14))
    Requirement.objects.create(run=run, kind="residency", residencies=["resident"])
    RunQuestion.objects.create(run=run, kind="choice", label="経験", options="ある\nない")
    SupportOffer.objects.create(run=run, kind="childcare", capacity=3)
    return run


def _compose(page: Page, field: str, shown: list[str], final: str) -> None:
    """As an input method does: what it shows one after another, then what is taken."""
    page.focus(field)
    keyboard = page.context.new_cdp_session(page)
    for text in shown:
        at = {"selectionStart": len(text), "selectionEnd": len(text)}
        keyboard.send("Input.imeSetComposition", {"text": text, **at})
    keyboard.send("Input.insertText", {"text": final})


def _is_fine(page: Page) -> None:
    assert violations(page) == []
    assert_fits(page)


def test_readings_follow_the_name_until_the_person_corrects_them(
    phone: Page, live_server, run
):
    phone.goto(f"{live_server.url}/apply/{run.code}/")

    _compose(phone, "#id_family_name", ["y", "や", "やm", "やま", "山"], "山")
    _compose(phone, "#id_family_name", ["だ", "だ", "田"], "田")
    kana = phone.locator("#id_family_name_kana")
    expect(kana).to_have_value("ヤマダ")
    kana.fill("ヤマタ")
    _compose(phone, "#id_family_name", ["の", "野"], "野")
    expect(kana).to_have_value("ヤマタ")

    phone.locator("#id_given_name").fill("")
    _compose(phone, "#id_given_name", ["は", "はな"], "")
    expect(phone.locator("#id_given_name_kana")).to_have_value("")


def test_family_applies_in_three_steps(phone: Page, live_server, run):
    phone.goto(f"{live_server.url}/apply/{run.code}/")
    _is_fine(phone)
    _compose(phone, "#id_family_name", ["やま", "やまだ", "山田"], "山田")
    _compose(phone, "#id_given_name", ["はな", "はなこ", "花子"], "花子")
    phone.get_by_label("市内在住").first.check()
    phone.get_by_text("郵便での連絡を希望する方").click()
    phone.locator("#id_postal_code").fill("180-0022")
    expect(phone.locator("#id_address")).to_have_value("東京都武蔵野市境")
    phone.locator("#id_address").fill("東京都武蔵野市境1-2-3")
    phone.get_by_role("button", name="いっしょに参加する方を加える").click()
    for name, value in (
        ("family_name", "山田"),
        ("given_name", "太郎"),
        ("family_name_kana", "やまだ"),
        ("given_name_kana", "たろう"),
    ):
        phone.locator(f"#id_companion1-{name}").fill(value)
    _is_fine(phone)
    phone.get_by_role("button", name="つぎへ進む").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("必要なこと")
    phone.get_by_label("ない").check()
    phone.get_by_text("保育（あと3人）を希望する").click()
    phone.locator("#id_child1-called").fill("はる")
    phone.locator("#id_child1-years").fill("3")
    _is_fine(phone)
    phone.get_by_role("button", name="内容を確認する").click()

    expect(phone.get_by_text("ヤマダ ハナコ")).to_be_visible()
    _is_fine(phone)
    phone.goto(f"{live_server.url}/apply/{run.code}/")
    phone.get_by_role("button", name="続ける").click()
    phone.get_by_role("button", name="内容を確認する").click()
    phone.get_by_role("button", name="申し込む").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("受講が決まりました")
    _is_fine(phone)
    application = Application.objects.get()
    assert (application.seats, application.contact_by) == (2, "post")
    assert application.full_name_kana == "ヤマダ ハナコ"
    assert application.answers.get().value == "ない"
    assert application.support_requests.get().children.get().age_months == 36


def test_stranger_reads_why_before_typing(phone: Page, live_server, run):
    run.pools.update(kind="groups")

    phone.goto(f"{live_server.url}/apply/{run.code}/")

    expect(phone.get_by_role("link", name="サインインすると申し込めます")).to_be_visible()
    expect(phone.locator("#id_family_name")).to_have_count(0)
    _is_fine(phone)


def test_refused_applicant_reads_why_and_loses_nothing(phone: Page, live_server, run):
    phone.goto(f"{live_server.url}/apply/{run.code}/")
    expect(phone.get_by_role("region", name="申し込める方")).to_contain_text("市内在住")
    phone.locator("#id_family_name").fill("山田")
    phone.locator("#id_given_name").fill("花子")
    phone.locator("#id_family_name_kana").fill("やまだ")
    phone.locator("#id_given_name_kana").fill("はなこ")
    phone.locator("#id_email").fill("hanako@example.jp")
    phone.get_by_label("その他").first.check()
    phone.get_by_role("button", name="つぎへ進む").click()

    expect(phone.locator("main")).to_contain_text("対象は「市内在住の方」です。")
    expect(phone.locator("#id_family_name")).to_have_value("山田")
    _is_fine(phone)
    assert not Application.objects.exists()


def test_full_run_says_so_before_the_form(phone: Page, live_server, run):
    run.pools.update(capacity=0)
    type(run).objects.filter(pk=run.pk).update(waiting_list=False)

    phone.goto(f"{live_server.url}/apply/{run.code}/")

    expect(phone.locator("main")).to_contain_text("定員に達しました。")
    expect(phone.locator("#id_family_name")).to_have_count(0)
    _is_fine(phone)


def test_postcard_is_entered_with_the_keyboard_alone(desk: Page, live_server, run):
    run.requirements.all().delete()
    signed_in = Client()
    signed_in.force_login(officer_of(run.course.department))
    session = signed_in.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    desk.context.add_cookies([cookie])
    desk.goto(live_server.url + reverse("manage_application_new", args=[run.code]))
    assert desk.evaluate("document.activeElement.id") == "id_family_name"

    _compose(desk, "#id_family_name", ["やま", "やまだ", "山田"], "山田")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "id_given_name"
    _compose(desk, "#id_given_name", ["はな", "はなこ", "花子"], "花子")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "id_phone"
    desk.keyboard.press("Enter")
    desk.keyboard.type("1800022")
    expect(desk.locator("#id_address")).to_have_value("東京都武蔵野市境")
    desk.keyboard.press("Enter")
    desk.keyboard.type("1-2-3")
    desk.keyboard.press("Control+Enter")

    expect(desk.locator(".manage-number")).to_be_visible()
    entered = Application.objects.get()
    assert entered.address == "東京都武蔵野市境1-2-3"
    assert entered.full_name_kana == "ヤマダ ハナコ"
