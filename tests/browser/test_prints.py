"""An officer prints what the day needs, and reports on it afterwards."""

import unicodedata
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName
from enrollments.models import RunReport
from tests.browser.visitors import OURS, come_in_as, follow, is_fine
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import request_by
from tests.factories import CourseFactory, CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
READINGS = "アイウエオカキクケコサ"


@pytest.fixture
def run(served) -> CourseRun:
    """Eleven people have a place."""
    run = CourseRunFactory(course=CourseFactory(title="はじめての園芸"))
    SeatPoolFactory(run=run, capacity=None)
    SessionFactory(run=run, number=1)
    for reading in READINGS:
        name = PersonName("山田", f"花{reading}", "ヤマダ", f"ハナ{reading}")
        request = request_by(name)
        apply_for_seat(run=run, request=request, by=None, at=timezone.now())
    return run


def _sheets(page: Page) -> list[str]:
    """What the browser would print."""
    made = page.pdf(prefer_css_page_size=True, print_background=True)
    # The fonts write some characters as radicals: ⽉ for 月.
    pages = PdfReader(BytesIO(made)).pages
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in pages]


def test_officer_prints_badges_and_the_door_s_list(desk: Page, live_server, run):
    officer = officer_of(run.course.department)
    come_in_as(desk, officer, address=live_server.url)
    hub = live_server.url + reverse("manage_prints", args=[run.code])
    desk.goto(hub)
    is_fine(desk, context=OURS)

    badges = desk.get_by_role("article").filter(has_text="A4の名刺用紙")
    badges.get_by_text("内容をえらぶ").click()
    is_fine(desk, context=OURS)
    badges.get_by_label("何枚目から印刷するか").fill("9")
    badges.get_by_role("button", name="印刷用に開く").click()
    expect(desk.locator(".label__name")).to_have_count(11)
    is_fine(desk)
    assert [sheet.count("はじめての園芸") for sheet in _sheets(desk)] == [2, 9]

    desk.get_by_role("link", name="もどる").click()
    roster = desk.get_by_role("article").filter(has_text="出欠の欄のある名簿")
    roster.get_by_role("button", name="印刷用に開く").click()
    expect(desk.locator(".list__tick")).to_have_count(11)
    is_fine(desk)
    sheets = _sheets(desk)
    assert len(sheets) == 1
    assert "に印刷" in sheets[0]
    assert "もどる" not in sheets[0]


def test_officer_reports_on_a_run(desk: Page, live_server, run):
    come_in_as(desk, officer_of(run.course.department), address=live_server.url)
    desk.goto(live_server.url + reverse("manage_report", args=[run.code]))
    is_fine(desk, context=OURS)
    desk.get_by_label("成果とふりかえり").fill("よい話し合い")
    desk.get_by_role("button", name="文章を保存する").click()

    expect(desk.get_by_role("main")).to_contain_text("報告書の文章を保存しました")
    assert RunReport.objects.get().reflections == "よい話し合い"
    follow(desk, "印刷用に開く")
    is_fine(desk)
    assert "よい話し合い" in "".join(_sheets(desk))


def test_bulletin_is_printed_to_its_last_line(desk: Page, live_server, run):
    """In a field of the form it would be cut where the page ends."""
    titles = [f"十二月の講座{number}" for number in range(12)]
    for title in titles:
        course = CourseFactory(title=title, department=run.course.department)
        SessionFactory(run=CourseRunFactory(course=course))
    come_in_as(desk, officer_of(run.course.department), address=live_server.url)
    desk.goto(live_server.url + reverse("manage_bulletin") + "?month=2026-12")
    expect(desk.get_by_label("原稿")).to_be_visible()

    sheets = _sheets(desk)
    printed = "".join("".join(sheets).split())
    assert [title for title in titles if title not in printed] == []
    # No course goes on to the next sheet.
    assert [sheet.count("■") for sheet in sheets] == [
        sheet.count("問い合わせ") for sheet in sheets
    ]
