"""An officer makes a course in one form, publishes it, takes a call, marks the door."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import Course, CourseRun
from enrollments.enums import AttendanceStatus, Channel
from enrollments.models import Application, Attendance, Notification
from tests.browser.axe import assert_fits, violations
from tests.factories import DepartmentFactory, StaffProfileFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "correct-horse-9"
# Wagtail's own frame around our pages is measured by Wagtail.
OURS = "main"


@pytest.fixture
def officer(served) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=DepartmentFactory(name="市民活動推進課")).user
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(officers)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _sign_in(page: Page, live_server, user: User) -> None:
    page.goto(f"{live_server.url}/manage/")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", name="これからの開催")).to_be_visible()


def _fill_course(page: Page) -> None:
    day = timezone.localtime() + timedelta(days=14)
    page.locator("#id_facts-title").fill("はじめての会計")
    page.locator("summary", has_text="ステージ").click()
    page.get_by_label("成長・安定").check()
    page.locator("#id_prose-intro").fill("お金の流れがわかります。")
    page.locator("#id_run-audience").fill("市内で活動する団体の方")
    page.locator("#id_run-capacity").fill("20")
    closes = (day - timedelta(days=3)).strftime("%Y-%m-%dT17:00")
    page.locator("#id_run-applications_close_at").fill(closes)
    page.locator("#id_sessions-0-day").fill(day.strftime("%Y-%m-%d"))
    page.locator("#id_sessions-0-begins").fill("10:00")
    page.locator("#id_sessions-0-ends").fill("12:00")


def test_officer_makes_and_publishes_a_course_in_one_form(desk: Page, live_server, officer):
    _sign_in(desk, live_server, officer)
    desk.get_by_role("link", name="新しい講座").first.click()
    expect(desk.locator("#id_facts-title")).to_be_visible()
    assert violations(desk, context=OURS) == []
    _fill_course(desk)
    desk.get_by_role("button", name="公開する").click()
    expect(desk.get_by_role("main")).to_contain_text("公開中")

    course = Course.objects.get()
    assert course.is_public
    assert course.runs.get().pools.get().capacity == 20
    desk.goto(f"{live_server.url}/courses/{course.slug}/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("はじめての会計")
    expect(desk.get_by_role("link", name="申し込む").first).to_be_visible()


def test_officer_makes_five_sessions_from_a_template(desk: Page, live_server, officer):
    _sign_in(desk, live_server, officer)
    desk.goto(f"{live_server.url}/manage/courses/new/")
    desk.get_by_role("link", name="講座（全5回）").click()
    expect(desk.get_by_role("main")).to_contain_text("まだ保存していません")
    day = timezone.localtime() + timedelta(days=14)
    desk.locator("#id_facts-title").fill("はじめての会計")
    closes = (day - timedelta(days=3)).strftime("%Y-%m-%dT17:00")
    desk.locator("#id_run-applications_close_at").fill(closes)
    desk.locator("#id_repeat-first_day").fill(day.strftime("%Y-%m-%d"))

    desk.get_by_role("button", name="日付を確かめる").click()
    note = desk.locator("#repeat .manage-note")
    expect(note).to_contain_text("5回の日程になります。")
    expect(note).to_be_in_viewport()
    expect(note).to_be_focused()
    expect(desk.locator("#id_facts-title")).to_have_value("はじめての会計")
    assert violations(desk, context=OURS) == []
    desk.get_by_role("button", name="下書き保存").click()
    expect(desk.get_by_role("main")).to_contain_text("下書き")

    assert Course.objects.get().runs.get().sessions.count() == 5


def test_officer_takes_a_call_and_marks_the_door(desk: Page, live_server, officer):
    _sign_in(desk, live_server, officer)
    desk.goto(f"{live_server.url}/manage/courses/new/")
    _fill_course(desk)
    desk.get_by_role("button", name="公開する").click()
    expect(desk.get_by_role("main")).to_contain_text("公開中")
    run = CourseRun.objects.get()

    desk.goto(f"{live_server.url}/manage/runs/{run.code}/applications/new/")
    assert violations(desk, context=OURS) == []
    desk.locator("#id_family_name").fill("山田")
    desk.locator("#id_given_name").fill("花子")
    desk.locator("#id_family_name_kana").fill("やまだ")
    desk.locator("#id_given_name_kana").fill("はなこ")
    desk.locator("#id_phone").fill("0420-12-3456")
    desk.get_by_role("button", name="受け付ける").click()
    expect(desk.locator(".manage-number")).to_be_visible()
    application = Application.objects.get()
    expect(desk.locator(".manage-number")).to_have_text(application.receipt_number)
    assert (application.channel, application.entered_by) == (Channel.PHONE, officer)

    session = run.sessions.get()
    session.starts_at, session.ends_at = (
        timezone.now() - timedelta(hours=1),
        timezone.now() + timedelta(hours=1),
    )
    session.save()
    desk.goto(f"{live_server.url}/manage/sessions/{session.pk}/attendance/")
    assert violations(desk, context=OURS) == []
    desk.get_by_role("button", name="未記録の全員を出席にする").click()
    expect(desk.get_by_text("1人の出席を記録しました。")).to_be_visible()
    assert Attendance.objects.get().status == AttendanceStatus.PRESENT

    desk.goto(f"{live_server.url}/manage/sessions/{session.pk}/cancel/")
    expect(desk.get_by_text("電話や郵送での連絡が必要な方は1人です。")).to_be_visible()
    desk.get_by_label("理由").fill("大雨のため")
    desk.get_by_role("button", name="中止して知らせる").click()
    expect(desk.get_by_role("main")).to_contain_text("大雨のため")
    assert Notification.objects.filter(kind="session_cancelled").count() == 1


def test_back_office_pages_are_accessible_and_fit(phone: Page, live_server, officer):
    _sign_in(phone, live_server, officer)
    phone.goto(f"{live_server.url}/manage/courses/new/")
    _fill_course(phone)
    phone.get_by_role("button", name="下書き保存").click()
    expect(phone.get_by_role("main")).to_contain_text("下書き")
    run, course = CourseRun.objects.get(), Course.objects.get()
    problems = {}
    for address in (
        "courses/",
        f"courses/{course.pk}/",
        f"courses/{course.pk}/edit/",
        f"courses/{course.pk}/runs/new/",
        f"courses/{course.pk}/runs/new/?copy={run.code}",
        f"courses/{course.pk}/schedule/",
        f"courses/new/?copy={course.pk}",
        "courses/templates/",
        "runs/",
        f"runs/{run.code}/",
        f"runs/{run.code}/edit/",
        f"runs/{run.code}/applications/",
        f"runs/{run.code}/completion/",
        "messages/",
    ):
        phone.goto(f"{live_server.url}/manage/{address}")
        assert_fits(phone)
        found = violations(phone, context=OURS)
        if found:
            problems[address] = found
    assert problems == {}
