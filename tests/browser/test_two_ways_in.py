"""Staff come to a joint session named by their section or approved by its head, and what
one of them asks beforehand stands on the public page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CourseRun, WayIn
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application
from tests.browser.offered import run_in_a_week
from tests.browser.visitors import (
    OURS,
    come_in_as,
    follow,
    is_fine,
    link_in,
    mails_to,
)
from tests.factories import (
    CourseFactory,
    DepartmentFactory,
    SeatPoolFactory,
    StaffProfileFactory,
)
from tests.pages import publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
ASKED = "職員が来られない一時間をだれが動かしますか"


@pytest.fixture
def run(served) -> CourseRun:
    """In a week; sections name people, and heads approve those who apply themselves."""
    course = CourseFactory(title="避難所を考える", slug="hinanjo", kind="joint_session")
    run = run_in_a_week(course)
    for kind in ("citizens", "staff"):
        SeatPoolFactory(run=run, kind=kind, capacity=20)
    WayIn.objects.create(run=run, kind="staff", needs_approval=True, takes_nominations=True)
    publish_page(course)
    return run


@pytest.fixture
def head(officer) -> User:
    profile = StaffProfileFactory(department=DepartmentFactory(name="防災課"), role="head")
    profile.user.groups.add(*officer.groups.all())
    return profile.user


def test_named_approved_and_asked_before(phone, desk, run, officer, head, live_server):
    address = live_server.url
    come_in_as(desk, officer, address=address)
    _collect(desk, run, address)
    come_in_as(desk, head, address=address)
    _nominate(desk, run, address)
    clerk = _apply(run, head)
    _approve(desk, address)
    _ask(phone, clerk)
    come_in_as(desk, officer, address=address)
    _publish(desk, run, address)
    phone.goto(f"{address}/joint/hinanjo/")
    expect(phone.get_by_text(ASKED)).to_be_visible()
    is_fine(phone)


def _collect(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_questions", args=[run.code]))
    closes = timezone.localtime(timezone.now() + 6 * DAY)
    desk.get_by_label("質問の締切").fill(f"{closes:%Y-%m-%dT%H:%M}")
    desk.get_by_role("button", name="質問を集める").click()
    expect(desk.get_by_text("質問の締切を保存しました。")).to_be_visible()
    is_fine(desk, context=OURS)


def _nominate(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_nominate", args=[run.code]))
    first = desk.get_by_role("group", name="1人目")
    said = {
        "氏": "野口",
        "名": "健",
        "氏（カナ）": "ノグチ",
        "名（カナ）": "ケン",
        "職員番号": "0042",
        "メールアドレス": "noguchi@example.jp",
    }
    for label, words in said.items():
        first.get_by_label(label, exact=True).fill(words)
    desk.get_by_role("button", name="推薦して知らせる").click()
    expect(desk.get_by_text("この課から推薦した人")).to_be_visible()
    assert Application.objects.get().state == "accepted"


def _apply(run: CourseRun, head: User) -> User:
    """The form of applying has journeys of its own."""
    section = head.staff_profile.department
    clerk: User = StaffProfileFactory(department=section).user
    apply_for_seat(
        run=run,
        request=SeatRequest(
            applicant=PersonName("西村", "彩", "ニシムラ", "アヤ"), email=clerk.email
        ),
        by=clerk,
        at=timezone.now(),
        pool_kind="staff",
    )
    return clerk


def _approve(desk: Page, address: str) -> None:
    desk.goto(address + reverse("manage_approvals"))
    desk.get_by_role("button", name="承認する 西村 彩").click()
    expect(desk.get_by_text("承認を待つ申込みはありません。")).to_be_visible()


def _ask(phone: Page, clerk: User) -> None:
    mail = mails_to(clerk.email, at=timezone.now())[-1]
    phone.goto(link_in(mail, "/applications/"))
    follow(phone, "質問を送る")
    phone.get_by_label("質問・話したいこと").fill(ASKED)
    phone.get_by_role("button", name="質問を送る").click()
    expect(phone.get_by_text("質問を受け取りました。")).to_be_visible()
    is_fine(phone)


def _publish(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_questions", args=[run.code]))
    expect(desk.get_by_text("市民 0人・職員 1人")).to_be_visible()
    expect(desk.get_by_text("西村")).to_have_count(0)
    desk.get_by_role("button", name="取り上げる").click()
    expect(desk.get_by_role("button", name="届いた質問に戻す")).to_be_visible()
    desk.get_by_text("話題・まとめ・公開").click()
    desk.get_by_role("button", name="公開する", exact=True).click()
    expect(desk.get_by_text("公開中")).to_be_visible()
    is_fine(desk, context=OURS)
