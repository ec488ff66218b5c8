"""A resident on a phone applies for the units of a series with one form, finds them on
My page, and withdraws from one of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import Series
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from tests.browser.visitors import come_in_as, follow, is_fine, mails_to
from tests.enrollments.series.conftest import open_runs
from tests.factories import UserFactory
from tests.learning_paths.series import series_of
from tests.pages import publish_series

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def series(served) -> Series:
    """Two units of the weeks to come, with places."""
    series = series_of(2)
    for place, run in enumerate(open_runs(series, capacity=5), start=1):
        session = run.sessions.get()
        session.starts_at = timezone.now() + timedelta(days=7 * place)
        session.ends_at = session.starts_at + timedelta(hours=2)
        session.save()
        run.applications_open_at = timezone.now() - timedelta(days=1)
        run.applications_close_at = timezone.now() + timedelta(days=5)
        run.save()
    publish_series(series)
    return series


def test_resident_applies_for_a_series_and_leaves_a_unit(phone: Page, live_server, series):
    user = UserFactory(
        email="hanako@example.jp",
        last_name="山田",
        first_name="花子",
        last_name_kana="ヤマダ",
        first_name_kana="ハナコ",
    )
    come_in_as(phone, user, address=live_server.url)
    phone.goto(f"{live_server.url}/series/{series.slug}/")
    follow(phone, "単元をえらんで申し込む")
    expect(phone.get_by_role("heading", level=1)).to_have_text("シリーズに申し込む")
    is_fine(phone)
    follow(phone, "内容を確認する", role="button")
    expect(phone.get_by_text("ヤマダ ハナコ")).to_be_visible()
    is_fine(phone)
    follow(phone, "2単元に申し込む", role="button")

    expect(phone.get_by_role("heading", level=1)).to_have_text("シリーズの申込み")
    is_fine(phone)
    (told,) = mails_to("hanako@example.jp", at=timezone.now())
    assert "第1単元" in told.body
    assert "第2単元" in told.body

    phone.goto(f"{live_server.url}{reverse('my_page')}")
    expect(phone.get_by_role("heading", name="シリーズの歩み")).to_be_visible()
    is_fine(phone)
    phone.get_by_role("link", name="の申込みをまとめて見る").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("シリーズの申込み")
    follow(phone, "この単元を取り消す 第2単元")
    expect(phone.get_by_role("heading", level=1)).to_have_text("申込みを取り消しますか")
    follow(phone, "取り消す", role="button")
    expect(phone.get_by_text("申込みを取り消しました。").first).to_be_visible()

    states = Application.objects.order_by("run__course__title")
    assert list(states.values_list("state", flat=True)) == [State.ACCEPTED, State.WITHDRAWN]
