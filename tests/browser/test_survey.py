"""An officer makes a survey from a template and sends it, a resident answers on a phone,
and the officer reads the plots."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.models import AnswerSheet
from tests.browser.visitors import OURS, come_in_as, follow, is_fine, link_in, mails_to
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def run(transactional_db, live_server, settings) -> CourseRun:
    """Held yesterday; Hanako had a place."""
    settings.PUBLIC_URL = live_server.url
    now = timezone.now()
    build_site()
    run = CourseRunFactory(
        course=CourseFactory(title="はじめての園芸"),
        venue=VenueFactory(),
        applications_open_at=now - 20 * DAY,
        applications_close_at=now - 2 * DAY,
    )
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1, starts_at=now - DAY)
    request = request_by(HANAKO, email="hanako@example.jp")
    apply_for_seat(run=run, request=request, by=None, at=now - 10 * DAY)
    return run


def _send(desk: Page, run: CourseRun, address: str) -> None:
    desk.goto(address + reverse("manage_surveys", args=[run.code]))
    desk.get_by_label("もとにするもの").select_option(label="1回ごと（短いもの）")
    desk.get_by_role("button", name="作り始める").click()
    expect(desk.locator("#id_form-0-label")).to_have_value(
        "全体として、どのくらい満足しましたか"
    )
    is_fine(desk, context=OURS)
    with desk.expect_navigation():
        desk.get_by_role("button", name="保存する").last.click()
    follow(desk, "メールでお願いする")
    is_fine(desk, context=OURS)
    desk.get_by_role("button", name="お願いのメールを送る").click()
    expect(desk.get_by_text("1人にお願いのメールを送ります。")).to_be_visible()


def test_from_a_template_to_the_plots(phone, desk, run, officer, live_server):
    come_in_as(desk, officer, address=live_server.url)
    _send(desk, run, live_server.url)

    mail = mails_to("hanako@example.jp", at=timezone.now())[-1]
    phone.goto(link_in(mail, "/surveys/"))
    is_fine(phone)
    phone.get_by_role("button", name="回答を送る").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_text("5 とても満足").click()
    phone.locator("textarea").fill("土の話がもっと聞きたい")
    phone.get_by_role("button", name="回答を送る").click()
    expect(
        phone.get_by_role("heading", name="ご回答ありがとうございました")
    ).to_be_visible()
    is_fine(phone)

    desk.reload()
    expect(
        desk.get_by_role("img", name="全体として、どのくらい満足しましたか")
    ).to_be_visible()
    expect(desk.get_by_text("土の話がもっと聞きたい")).to_be_visible()
    expect(desk.get_by_text("回答が5件に満たないため")).to_be_visible()
    is_fine(desk, context=OURS)
    assert AnswerSheet.objects.get().participant is None
