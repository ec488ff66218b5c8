"""The officer closes a course, the resident downloads the certificate, and somebody who is
shown it has it verified."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.models import Certificate
from tests.browser.visitors import OURS, come_in_as, follow, is_fine, link_in, mails_to
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site
from tests.papers import text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def run(transactional_db, live_server, settings) -> CourseRun:
    """One session of two is enough; Hanako came to it, Taro to none."""
    settings.PUBLIC_URL = live_server.url
    now = timezone.now()
    build_site()
    run = CourseRunFactory(
        course=CourseFactory(title="はじめての園芸"),
        venue=VenueFactory(),
        applications_open_at=now - 20 * DAY,
        applications_close_at=now - 9 * DAY,
        completion_percent=50,
    )
    SeatPoolFactory(run=run, capacity=2)
    for number, days in ((1, 8), (2, 1)):
        SessionFactory(run=run, number=number, starts_at=now - days * DAY)
    for person, address in ((HANAKO, "hanako@example.jp"), (TARO, "taro@example.jp")):
        request = request_by(person, email=address)
        apply_for_seat(run=run, request=request, by=None, at=now - 10 * DAY)
    return run


@pytest.fixture
def officer(run) -> User:
    user = officer_of(run.course.department)
    first = run.sessions.get(number=1)
    hanako = run.applications.get(email="hanako@example.jp").participants.get()
    marks = {hanako.pk: "present"}
    record_attendance(session=first, marks=marks, by=user, at=first.ends_at)
    return user


def _close_the_course(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_completion", args=[run.code]))
    row = desk.get_by_role("row", name="山田 花子")
    expect(row.get_by_text("2回のうち1回出席。")).to_be_visible()
    expect(row.get_by_role("checkbox")).to_be_checked()
    taro = desk.get_by_role("row", name="佐藤 太郎")
    expect(taro.get_by_role("checkbox")).not_to_be_checked()
    is_fine(desk, context=OURS)
    desk.locator(".manage-actions button").click()
    issue = desk.get_by_role("button", name="1人に修了証を発行する")
    expect(issue).to_be_visible()
    issue.click()
    expect(desk.get_by_text("1人の修了証を発行しました")).to_be_visible()
    is_fine(desk, context=OURS)


def test_from_the_last_session_to_a_verified_certificate(
    phone, desk, chromium, run, officer, live_server
):
    come_in_as(desk, officer, address=live_server.url)
    _close_the_course(desk, run, live_server.url)
    certificate = Certificate.objects.get()

    mail = mails_to("hanako@example.jp", at=timezone.now())[-1]
    phone.goto(link_in(mail, "/applications/"))
    download = phone.get_by_role("link", name="をPDFで開く").first
    expect(download).to_be_visible()
    is_fine(phone)
    file = phone.request.get(live_server.url + download.get_attribute("href"))
    assert file.status == 200
    assert "山田花子" in text_of(file.body())
    assert certificate.shown_code in text_of(file.body())

    # Somebody else, at home, reads the code from the paper.
    phone.context.clear_cookies()
    phone.goto(live_server.url + reverse("certificates"))
    is_fine(phone)
    phone.get_by_label("確認番号").fill(certificate.shown_code.lower())
    phone.get_by_role("button", name="確かめる").click()
    expect(phone.get_by_text("この証書は有効です。")).to_be_visible()
    assert "山田" not in phone.content()
    is_fine(phone)
    phone.get_by_label("氏名").fill("山田花子")
    phone.get_by_role("button", name="氏名を照らし合わせる").click()
    expect(phone.get_by_text("台帳の氏名と同じです。")).to_be_visible()
    is_fine(phone)

    _revoke(desk, certificate, live_server.url)
    phone.goto(live_server.url + reverse("certificate", args=[certificate.code]))
    expect(phone.get_by_text("この証書は取り消されています。")).to_be_visible()
    is_fine(phone)
    gone = phone.request.get(live_server.url + download_of(mail, certificate))
    assert gone.status == 404


def download_of(mail, certificate: Certificate) -> str:
    token = link_in(mail, "/applications/").rstrip("/").rsplit("/", 1)[1]
    return reverse("application_certificate", args=[token, certificate.code])


def _revoke(desk: Page, certificate: Certificate, address: str) -> None:
    desk.goto(address + reverse("manage_certificates"))
    is_fine(desk, context=OURS)
    follow(desk, certificate.number)
    is_fine(desk, context=OURS)
    desk.get_by_label("理由").last.fill("別の方でした")
    desk.get_by_role("button", name="取り消す").click()
    expect(desk.get_by_text("取り消しました").first).to_be_visible()
    is_fine(desk, context=OURS)
