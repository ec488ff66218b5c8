"""A resident asks for an outreach lecture on a phone; the officer proposes another date;
the resident chooses it by the mail's link, and the run is there."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CourseRun
from learning_paths.models import OutreachEntry, OutreachRequest
from tests.browser.visitors import (
    OURS,
    come_in_as,
    follow,
    is_fine,
    link_in,
    mails_to,
)
from tests.enrollments.back_office import officer_of
from tests.factories import CourseFactory, DepartmentFactory
from tests.pages import publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAIL = "kayo@example.jp"


@pytest.fixture
def entry(served) -> OutreachEntry:
    course = CourseFactory(
        title="わが家の備え",
        slug="wagaya",
        kind="outreach",
        department=DepartmentFactory(name="防災課"),
    )
    publish_page(course)
    return OutreachEntry.objects.create(course=course, weekdays="1234567")


@pytest.fixture
def officer(entry) -> User:
    return officer_of(entry.course.department)


def test_from_the_menu_to_the_run(phone, desk, entry, officer, live_server):
    day = timezone.localdate() + timedelta(days=30)
    _ask(phone, live_server.url, f"{day}")
    come_in_as(desk, officer, address=live_server.url)
    _propose(desk, live_server.url, f"{day + timedelta(days=1)}")
    _choose(phone)

    session = CourseRun.objects.get(course=entry.course).sessions.get()
    begins = datetime.combine(day + timedelta(days=1), time(14))
    assert session.starts_at == timezone.make_aware(begins)
    assert OutreachRequest.objects.get().state == "accepted"
    desk.goto(live_server.url + reverse("manage_outreach"))
    expect(desk.get_by_role("cell", name="実施決定")).to_be_visible()
    is_fine(desk, context=OURS)


def _ask(phone: Page, address: str, day: str) -> None:
    phone.goto(f"{address}/outreach/")
    is_fine(phone)
    follow(phone, "わが家の備え")
    follow(phone, "この出前講座を申し込む")
    is_fine(phone)
    phone.locator("#id_people").fill("12")
    phone.locator("#id_purpose").fill("防災訓練の前の勉強会")
    phone.locator("#id_is_proper").check()
    phone.locator("#id_day_1").fill(day)
    phone.locator("#id_place").fill("東町集会所 2階")
    phone.locator("#id_address").fill("東町2-4-1")
    phone.locator("#id_group_name").fill("東町自治会")
    phone.locator("#id_contact_name").fill("森 佳代")
    phone.locator("#id_email").fill(MAIL)
    follow(phone, "申し込む", role="button")
    expect(phone.locator("#errors")).to_be_visible()
    expect(phone.locator("#id_place")).to_have_value("東町集会所 2階")
    phone.locator("#id_time_1").fill("10:00")
    follow(phone, "申し込む", role="button")
    expect(phone.get_by_text("受付済み")).to_be_visible()
    is_fine(phone)


def _propose(desk: Page, address: str, day: str) -> None:
    asked = OutreachRequest.objects.get()
    desk.goto(address + reverse("manage_outreach_one", args=[asked.pk]))
    desk.get_by_text("別の日を案内する").click()
    desk.locator("#id_propose-day_1").fill(day)
    desk.locator("#id_propose-time_1").fill("14:00")
    desk.locator("#id_propose-words").fill("この日ならうかがえます。")
    desk.get_by_role("button", name="案内して選んでもらう").click()
    expect(desk.get_by_text("申し込んだ方に知らせました。")).to_be_visible()
    is_fine(desk, context=OURS)


def _choose(phone: Page) -> None:
    mail = mails_to(MAIL, at=timezone.now())[-1]
    phone.goto(link_in(mail, "/outreach/asked/"))
    expect(phone.get_by_text("この日ならうかがえます。")).to_be_visible()
    is_fine(phone)
    phone.get_by_role("button", name="この日にする").click()
    expect(phone.get_by_text("実施決定")).to_be_visible()
    is_fine(phone)
