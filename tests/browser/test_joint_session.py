"""An officer takes a joint session from its announcement to its published findings: tables
for those who come, and a text that a resident finishes on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import CourseRun, Session
from enrollments.domain.shared_findings.reading import told_of
from enrollments.models import TableSeat
from tests.browser.offered import run_in_a_week
from tests.browser.visitors import OURS, come_in_as, is_fine, link_in, mails_to
from tests.enrollments.tables.conftest import comes
from tests.factories import (
    CourseFactory,
    DepartmentFactory,
    SeatPoolFactory,
)
from tests.pages import publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def run(served) -> CourseRun:
    """Not announced yet; in a week."""
    course = CourseFactory(title="避難所を考える", slug="hinanjo", kind="joint_session")
    run = run_in_a_week(course, state="planned")
    SeatPoolFactory(run=run, kind="citizens", capacity=20)
    SeatPoolFactory(run=run, kind="staff", capacity=20)
    publish_page(course)
    return run


def test_from_the_announcement_to_the_findings(phone, desk, run, officer, live_server):
    come_in_as(desk, officer, address=live_server.url)
    _announce(desk, run, live_server.url)
    _apply(run)
    _seat(desk, run, live_server.url)
    Session.objects.update(starts_at=timezone.now() - 2 * DAY, ends_at=timezone.now() - DAY)
    _begin_findings(desk, run, live_server.url)
    _finish_as_citizen(phone)
    _publish(desk, run, live_server.url)
    phone.goto(f"{live_server.url}/joint/hinanjo/#findings")
    expect(phone.get_by_text("名簿を書くのに時間がかかる")).to_be_visible()
    expect(phone.get_by_text("鍵の担当を決める")).to_be_visible()
    is_fine(phone)
    assert len(told_of([run.course])) == 1


def _announce(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_run", args=[run.code]))
    desk.get_by_role("button", name="この開催を公開する").click()
    expect(desk.get_by_text("開催を公開しました。")).to_be_visible()


def _apply(run: CourseRun) -> None:
    run.refresh_from_db()
    section, now = DepartmentFactory(name="防災課"), timezone.now()
    for name in "アイウエ":
        comes(run, name, at=now, group="川の会" if name in "アイ" else "")
    for name in "オカ":
        comes(run, name, at=now, section=section)


def _seat(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_tables", args=[run.code]))
    desk.get_by_label("テーブルの数").fill("2")
    desk.get_by_role("button", name="テーブルに分ける").click()
    expect(desk.get_by_text("同じ課や団体の人は、同じテーブルにいません。")).to_be_visible()
    is_fine(desk, context=OURS)
    seat = TableSeat.objects.filter(table__number=1).order_by("participant").first()
    assert seat is not None
    desk.locator(f"#to-{seat.participant_id}").select_option("2")
    desk.locator(f"#move-{seat.participant_id}").press("Enter")
    expect(desk.locator(f"#lock-{seat.participant_id}")).to_contain_text("固定中")
    expect(desk.locator(".tables__last")).to_contain_text("テーブル1 → テーブル2")
    desk.set_viewport_size({"width": 390, "height": 844})
    is_fine(desk, context=OURS)
    desk.set_viewport_size({"width": 1280, "height": 900})


def _begin_findings(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_findings", args=[run.code]))
    desk.get_by_label("参加した市民").select_option(label="山田 ア（川の会）")
    desk.get_by_role("button", name="この方にお願いする").click()
    expect(desk.get_by_text("メールのリンクから書けます。")).to_be_visible()
    desk.get_by_label("共有した課題・一致したこと").fill("鍵の担当が決まっていない")
    desk.get_by_label("すること").first.fill("鍵の担当を決める")
    desk.get_by_role("button", name="保存する").first.click()
    expect(desk.get_by_role("heading", name="まとめ（第1版）")).to_be_visible()
    is_fine(desk, context=OURS)


def _finish_as_citizen(phone: Page) -> None:
    mail = mails_to("12450@example.jp", at=timezone.now())[-1]
    phone.goto(link_in(mail, "/findings/"))
    is_fine(phone)
    phone.get_by_label("わかったこと").fill("名簿を書くのに時間がかかる")
    phone.get_by_role("button", name="保存する").click()
    expect(phone.get_by_text("第2版を書きました")).to_be_attached()
    phone.get_by_role("button", name="市民側として承認する").click()
    expect(phone.get_by_text("山田 アさんが承認")).to_be_visible()


def _publish(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_findings", args=[run.code]))
    desk.get_by_role("button", name="職員側として承認する").click()
    publish = desk.get_by_role("button", name="公開する", exact=True)
    expect(publish).to_be_visible()
    publish.click()
    expect(desk.get_by_text("まとめを公開しました。")).to_be_visible()
