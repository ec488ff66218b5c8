"""A clerk brings postcards typed in Excel, with errors, and takes them back."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from cms.permissions import set_up_roles
from enrollments.models import Application, Notification
from tests.browser.axe import violations
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "correct-horse-9"
OURS = "main"


@pytest.fixture
def officer(served) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(officers)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def run(officer):
    now = timezone.now()
    run = CourseRunFactory(
        course=CourseFactory(department=officer.staff_profile.department, title="防災入門"),
        applications_open_at=now - timedelta(days=9),
        applications_close_at=now + timedelta(days=9),
    )
    SeatPoolFactory(run=run, capacity=20)
    starts = now + timedelta(days=20)
    SessionFactory(run=run, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return run


def cards() -> bytes:
    book = Workbook()
    rows = [
        ["申込みはがき"],
        ["お名前", "ふりがな", "TEL", "備考"],
        ["山田 花子", "やまだ はなこ", 9012345678, "夕方に電話"],
        ["鈴木太郎", "すずき たろう", "0422-60-1111", ""],
        ["合計", "2枚"],
    ]
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def sign_in(page: Page, live_server, user: User) -> None:
    page.goto(f"{live_server.url}/manage/")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()


def test_import_with_errors_and_undo(desk: Page, live_server, officer, run):
    sign_in(desk, live_server, officer)
    desk.get_by_role("link", name="取込み", exact=True).click()
    expect(desk.get_by_role("main")).to_contain_text("これまでの取込み")
    assert violations(desk, context=OURS) == []
    desk.get_by_role("link", name="申込みを取り込む").click()
    desk.get_by_label("開催").select_option(str(run.pk))
    content = {"name": "はがき.xlsx", "mimeType": "", "buffer": cards()}
    desk.locator("#id_file").set_input_files(content)
    desk.get_by_role("button", name="次へ").click()

    expect(desk.get_by_role("main")).to_contain_text("見出しは2行目")
    assert violations(desk, context=OURS) == []
    desk.get_by_role("button", name="内容を確かめる").click()

    expect(desk.get_by_role("main")).to_contain_text("氏と名の切れ目がわかりません")
    assert violations(desk, context=OURS) == []
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="取り込めない行をExcelで受け取る").click()
    sheet = load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    assert [cell.value for cell in sheet[1]][-2:] == ["理由", "元の行"]
    assert sheet["A2"].value == "鈴木太郎"

    desk.get_by_role("link", name="新規（1）").click()
    expect(desk.get_by_role("main")).to_contain_text("はじめの0を補いました（09012345678）")
    desk.get_by_role("button", name="取り込む").click()
    expect(desk.get_by_role("main")).to_contain_text("に取り込みました")
    assert Application.objects.get().full_name == "山田 花子"

    desk.get_by_role("link", name="取込みを取り消す").click()
    desk.get_by_role("button", name="取り消す").click()
    expect(desk.get_by_role("main")).to_contain_text("に取り消しました")
    assert Application.objects.get().state == "void"
    assert Notification.objects.count() == 0
