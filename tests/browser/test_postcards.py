"""A clerk enters a pile of postcards that came yesterday."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import AccessLog, User
from courses.models import CourseRun
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel, NotificationState
from enrollments.models import Application
from tests.browser.visitors import OURS, come_in_as, is_fine
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
DAY = timedelta(days=1)


@pytest.fixture
def run(transactional_db, live_server, settings) -> CourseRun:
    """Cards are to be there by today; somebody applied on the web since, and two places
    are left."""
    settings.PUBLIC_URL = live_server.url
    now = timezone.now()
    build_site()
    run = CourseRunFactory(
        course=CourseFactory(title="はじめての園芸"),
        venue=VenueFactory(),
        applications_open_at=now - 20 * DAY,
        applications_close_at=now + DAY,
        paper_deadline=timezone.localdate(now),
    )
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1, starts_at=now + 14 * DAY)
    return run


@pytest.fixture
def clerk(run) -> User:
    return officer_of(run.course.department)


def _type_card(page: Page, family: str, given: str, kana: str, *, number: str) -> None:
    """As it stands on the card: name, reading, postcode, address."""
    family_kana, given_kana = kana.split()
    page.locator("#id_family_name").fill(family)
    page.locator("#id_given_name").fill(given)
    page.locator("#id_family_name_kana").fill(family_kana)
    page.locator("#id_given_name_kana").fill(given_kana)
    page.locator("#id_postal_code").fill("1800022")
    expect(page.locator("#id_address")).to_have_value("東京都武蔵野市境")
    page.locator("#id_address").fill(f"東京都武蔵野市境{number}")


def _accept(page: Page) -> str:
    """The number that the clerk writes on the card."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_family_name")).to_have_value("")
    return page.locator(".manage-number").inner_text()


def _accept_a_namesake(page: Page, *, of: str) -> None:
    """The same reading at another address is shown first, and taken on a second look."""
    page.keyboard.press("Control+Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("まだ受け付けていません。")
    expect(alert.get_by_role("link")).to_contain_text(of)
    is_fine(page, context=OURS)
    assert Application.objects.count() == 2
    page.get_by_role("button", name="別の方として、このまま受け付ける").click()
    expect(page.get_by_role("main")).to_contain_text("キャンセル待ち 1番")


def test_clerk_enters_the_postcards_of_yesterday(desk: Page, live_server, run, clerk):
    yesterday = (timezone.localtime() - DAY).replace(hour=15, minute=0)
    came = f"{yesterday:%Y-%m-%dT%H:%M}"
    come_in_as(desk, clerk, address=live_server.url)
    desk.goto(live_server.url + reverse("manage_application_new", args=[run.code]))
    desk.locator("#id_channel").select_option(Channel.POSTCARD)
    desk.locator("#id_received_at").fill(came)
    _type_card(desk, "山田", "花子", "やまだ はなこ", number="1-2-3")
    first = _accept(desk)
    is_fine(desk, context=OURS)
    expect(desk.locator("#id_channel")).to_have_value(Channel.POSTCARD)
    expect(desk.locator("#id_received_at")).to_have_value(came)
    assert desk.evaluate("document.activeElement.id") == "id_family_name"

    _type_card(desk, "佐藤", "太郎", "さとう たろう", number="4-5")
    second = _accept(desk)
    _type_card(desk, "山田", "華子", "やまだ はなこ", number="7-8")
    _accept_a_namesake(desk, of=first)
    third = desk.locator(".manage-number").inner_text()

    entered = Application.objects.order_by("pk")
    assert [one.receipt_number for one in entered] == [first, second, third]
    assert [one.state for one in entered] == [State.ACCEPTED, State.ACCEPTED, State.WAITING]
    for one in entered:
        assert (one.channel, one.entered_by) == (Channel.POSTCARD, clerk)
        assert f"{timezone.localtime(one.received_at):%Y-%m-%dT%H:%M}" == came
        assert one.notifications.get().state == NotificationState.BY_HAND


def test_clerk_prints_what_people_without_mail_are_told(
    desk: Page, live_server, run, clerk
):
    come_in_as(desk, clerk, address=live_server.url)
    desk.goto(live_server.url + reverse("manage_application_new", args=[run.code]))
    desk.locator("#id_channel").select_option(Channel.COUNTER)
    _type_card(desk, "山田", "花子", "やまだ はなこ", number="1-2-3")
    number = _accept(desk)

    desk.get_by_role("link", name="受付票を印刷する").click()
    expect(desk.locator("body")).to_contain_text(number)
    is_fine(desk)
    assert AccessLog.objects.filter(user=clerk).latest("pk").subject == f"受付票 {number}"
    desk.goto(live_server.url + reverse("manage_letters", args=[run.code]))
    expect(desk.get_by_role("main")).to_contain_text("山田 花子")
    is_fine(desk, context=OURS)
