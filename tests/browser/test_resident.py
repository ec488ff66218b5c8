"""A resident on a phone finds a course, applies, and withdraws by the mail's link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import CourseRun
from enrollments.domain.delivery import deliver_due
from enrollments.enums import ApplicationState
from enrollments.models import Application
from tests.browser.axe import assert_fits, violations
from tests.browser.visitors import follow
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def run(transactional_db, live_server, settings) -> CourseRun:
    """One place in a course in a fortnight."""
    settings.PUBLIC_URL = live_server.url
    now = timezone.now()
    build_site()
    course = CourseFactory(title="はじめての防災", slug="bosai", published_at=None)
    run = CourseRunFactory(
        course=course,
        venue=VenueFactory(),
        applications_open_at=now - timedelta(days=1),
        applications_close_at=now + timedelta(days=10),
    )
    SeatPoolFactory(run=run, capacity=1)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=14))
    publish_page(course, intro="わが家と近所の備えを考えます。")
    return run


def _fill_in(page: Page, family: str, kana: str, email: str) -> None:
    page.locator("#id_family_name").fill(family)
    page.locator("#id_given_name").fill("花子")
    page.locator("#id_family_name_kana").fill(kana)
    page.locator("#id_given_name_kana").fill("はなこ")
    page.locator("#id_email").fill(email)


def test_resident_finds_applies_and_withdraws(phone: Page, live_server, run):
    phone.goto(live_server.url)
    phone.get_by_role("searchbox").fill("防災")
    phone.get_by_role("button", name="さがす").click()
    phone.get_by_role("link", name="はじめての防災").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("はじめての防災")
    phone.get_by_role("link", name="申し込む").first.click()
    _fill_in(phone, "山田", "やまだ", "hanako@example.jp")
    phone.get_by_role("button", name="内容を確認する").click()
    expect(phone.get_by_text("ヤマダ ハナコ")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="申し込む").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("受講が決まりました")
    number = phone.locator(".receipt__number").inner_text()
    assert Application.objects.get().receipt_number == number
    assert violations(phone) == []
    assert_fits(phone)

    deliver_due(at=timezone.now())
    link = re.search(r"http\S+/applications/\S+", mail.outbox[0].body)[0]
    phone.context.clear_cookies()
    phone.goto(link)
    follow(phone, "申込みを取り消す")
    assert violations(phone) == []
    phone.get_by_role("button", name="取り消す").click()
    expect(phone.get_by_role("status")).to_contain_text("取り消しました")
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_second_resident_waits_and_takes_the_place_offered_by_mail(
    phone: Page, live_server, run
):
    for family, kana, email in (
        ("山田", "ヤマダ", "yamada@example.jp"),
        ("佐藤", "サトウ", "sato@example.jp"),
    ):
        phone.goto(f"{live_server.url}/apply/{run.code}/")
        _fill_in(phone, family, kana, email)
        phone.get_by_role("button", name="内容を確認する").click()
        phone.get_by_role("button", name="申し込む").click()
    expect(phone.get_by_text("キャンセル待ち 1番").first).to_be_visible()
    waiting = phone.url

    deliver_due(at=timezone.now())
    first = next(m for m in mail.outbox if m.to == ["yamada@example.jp"])
    phone.goto(re.search(r"http\S+/applications/\S+", first.body)[0])
    follow(phone, "申込みを取り消す")
    follow(phone, "取り消す", role="button")

    phone.context.clear_cookies()
    deliver_due(at=timezone.now())
    offered = [m for m in mail.outbox if m.to == ["sato@example.jp"]][-1]
    answer = re.search(r"http\S+/offers/\S+", offered.body)[0]
    phone.goto(answer)
    assert violations(phone) == []
    assert_fits(phone)
    phone.get_by_role("button", name="受講する").click()

    expect(phone.locator("main")).to_contain_text("お返事ありがとうございました")
    assert violations(phone) == []
    assert_fits(phone)
    phone.goto(answer)
    expect(phone.get_by_role("button", name="受講する")).to_have_count(0)
    assert violations(phone) == []
    phone.goto(waiting)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("受講が決まりました")
    deliver_due(at=timezone.now())
    assert [m.subject for m in mail.outbox if m.to == ["sato@example.jp"]][-1] == (
        "キャンセル待ちから受講が決まりました：はじめての防災"
    )


def test_wrong_input_is_named_at_its_field_and_nothing_is_lost(
    phone: Page, live_server, run
):
    phone.goto(f"{live_server.url}/apply/{run.code}/")
    phone.locator("#id_family_name").fill("山田")
    phone.locator("#id_phone").fill("12")
    phone.get_by_role("button", name="内容を確認する").click()

    expect(phone.locator("#id_phone_error")).to_contain_text("市外局番から")
    expect(phone.locator("#id_given_name_error")).to_contain_text("入力してください")
    expect(phone.locator("#id_family_name")).to_have_value("山田")
    assert violations(phone) == []
    assert_fits(phone)
