"""Calendars as people see them: on a phone, at a desk, without script, and on paper."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from enrollments.domain.applying import apply_for_seat
from tests.browser.axe import assert_fits
from tests.browser.visitors import come_in_as, is_fine
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
VIEWS = ("view=month", "view=week", "view=agenda")
BUSY_DAY, ON_IT, OTHERS = 15, 12, 48


@pytest.fixture
def run(transactional_db, live_server, settings):
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
    SeatPoolFactory(run=run, capacity=5)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(hours=2))
    SessionFactory(run=run, number=2, starts_at=now + timedelta(hours=3), state="cancelled")
    publish_page(course, intro="備えを考えます。")
    return run


@pytest.fixture
def busy(run):
    """Sixty sessions in next month's calendar, a dozen of them on one day; long titles."""
    course = CourseFactory(
        title="地域の課題を話し合い、次の一歩を考える連続講座　" * 2,
        slug="busy",
        published_at=None,
    )
    many = CourseRunFactory(course=course, venue=VenueFactory(name="中央会館"))
    first = timezone.localtime().replace(day=1, hour=10, minute=0) + timedelta(days=32)
    for number in range(ON_IT + OTHERS):
        day = BUSY_DAY if number < ON_IT else 1 + number % 28
        SessionFactory(run=many, number=number + 1, starts_at=first.replace(day=day))
    publish_page(course)
    return f"{first:%Y-%m}"


@pytest.fixture
def without_script(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="ja-JP"
    )
    yield context.new_page()
    context.close()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", ["", "/en"])
def test_calendars_are_accessible_everywhere(phone, desk, live_server, run, language):
    for page in (phone, desk):
        for view in VIEWS:
            page.goto(f"{live_server.url}{language}/courses/?{view}")
            is_fine(page)
        page.goto(f"{live_server.url}{language}/calendar/?course=bosai")
        for details in page.locator("main details").all():
            details.evaluate("one => one.open = true")
        is_fine(page)


def test_own_schedule_is_accessible(phone, desk, live_server, run):
    resident = UserFactory(email="hanako@example.jp")
    apply_for_seat(run=run, request=request_by(HANAKO), by=resident, at=timezone.now())
    for page in (phone, desk):
        come_in_as(page, resident, address=live_server.url)
        for view in VIEWS:
            page.goto(f"{live_server.url}/my/schedule/?{view}")
            is_fine(page)


def test_busy_month_is_printed_on_one_sheet(desk, live_server, busy):
    desk.goto(f"{live_server.url}/courses/?view=month&month={busy}")
    sheet = desk.pdf(prefer_css_page_size=True)

    assert pages_of(sheet) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet)
    assert [round(float(side)) for side in box.groups()] == [842, 595]  # A4, landscape
    desk.emulate_media(media="print")
    rest = desk.locator(".month__rest:visible")
    expect(rest.first).to_contain_text("ほか")
    expect(desk.get_by_role("button", name="印刷する")).to_be_hidden()


def test_days_to_come_are_printed_as_a_list(desk, live_server, busy):
    desk.goto(f"{live_server.url}/courses/?view=agenda")
    sheet = desk.pdf(prefer_css_page_size=True)

    assert pages_of(sheet) > 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet)
    assert [round(float(side)) for side in box.groups()] == [595, 842]


def test_month_on_a_phone_begins_with_today(phone, live_server, run):
    tomorrow = timezone.localtime() - timedelta(days=1)
    SessionFactory(run=run, number=3, starts_at=tomorrow)
    phone.goto(f"{live_server.url}/courses/?view=month")
    first = phone.locator(".month__words:visible").first
    expect(first).to_have_text(phone.locator("td[aria-current] .month__words").inner_text())

    link = phone.get_by_role("link", name="過ぎた日の予定も見る")
    if tomorrow.month == timezone.localtime().month:
        link.click()
        assert phone.locator(".month__day--past:visible").count() > 0
        expect(link).to_be_hidden()
    assert_fits(phone)


def test_address_is_copied_by_a_button(desk, live_server, run):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(f"{live_server.url}/courses/bosai/")
    desk.get_by_text("Android・Google・Outlook・QRコードなど").click()
    desk.get_by_role("button", name="写す").click()

    expect(desk.get_by_text("写しました。カレンダーに貼り付けてください。")).to_be_visible()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}/courses/bosai/calendar.ics"


def test_everything_is_there_without_script(without_script, live_server, run):
    without_script.goto(f"{live_server.url}/courses/bosai/")
    first = without_script.get_by_role("link", name="この端末のカレンダーに入れる").first
    assert first.get_attribute("href").startswith("webcal://")
    without_script.get_by_text("Android・Google・Outlook・QRコードなど").click()
    expect(without_script.get_by_role("link", name="Google カレンダー")).to_be_visible()
    expect(without_script.get_by_role("button", name="写す")).to_be_hidden()
    expect(without_script.locator("img.qr").first).to_be_visible()
