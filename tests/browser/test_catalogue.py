"""The facets with script, without, and as a sheet on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain.fiscal_year import TOKYO
from tests.browser.axe import assert_fits, violations
from tests.browser.visitors import follow
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(transactional_db):
    """A morning in the north and an evening in the south, next week."""
    build_site()
    day = timezone.now().astimezone(TOKYO) + timedelta(days=7)
    for title, area, hour in (("朝の講座", "北", 10), ("夜の講座", "南", 18)):
        course = CourseFactory(title=title, slug=f"at-{hour}", published_at=None)
        run = CourseRunFactory(
            course=course,
            venue=VenueFactory(area=area),
            applications_open_at=day - timedelta(days=30),
            applications_close_at=day,
        )
        SeatPoolFactory(run=run)
        starts_at = day.replace(hour=hour, minute=0, second=0, microsecond=0)
        SessionFactory(run=run, starts_at=starts_at)
        publish_page(course)


def cards(page) -> list[str]:
    return page.locator(".card__title").all_inner_texts()


def test_checkbox_changes_results_counts_and_address_in_place(desk, live_server, site):
    desk.goto(f"{live_server.url}/courses/")
    desk.evaluate("document.querySelector('#total').dataset.kept = 'yes'")
    desk.get_by_label("夜間").focus()
    desk.keyboard.press("Space")
    desk.wait_for_url("**/courses/?time=evening")

    assert cards(desk) == ["夜の講座"]
    assert desk.inner_text("#total[data-kept=yes]").strip() == "1件の講座"
    assert desk.evaluate("document.activeElement.value") == "evening"
    assert desk.locator("label", has_text="北").locator(".choices__count").count() == 1
    assert not desk.get_by_label("北", exact=False).first.is_visible()
    assert desk.get_by_role("link", name="夜間 を外す").is_visible()
    assert violations(desk) == []

    desk.go_back()
    desk.locator(".card__title").nth(1).wait_for()
    assert sorted(cards(desk)) == ["夜の講座", "朝の講座"]
    assert not desk.get_by_label("夜間").is_checked()


def test_facets_are_a_sheet_on_a_phone(phone, live_server, site):
    phone.goto(f"{live_server.url}/courses/")
    phone.get_by_text("条件をえらぶ").click()

    box = phone.locator(".facets").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert not phone.locator("#total").is_visible()
    assert violations(phone) == []
    assert_fits(phone)

    phone.get_by_label("午前").check()
    phone.get_by_text("この条件でさがす（1件）").wait_for()
    phone.get_by_text("閉じる").click()
    assert cards(phone) == ["朝の講座"]


def test_facets_work_without_script(chromium, live_server, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/courses/")
    page.get_by_label("夜間").check()
    follow(page, "この条件でさがす", role="button")

    assert cards(page) == ["夜の講座"]
    page.get_by_role("combobox", name="並び順").select_option(label="新しくのせた順")
    follow(page, "並べかえる", role="button")
    assert "sort=newest" in page.url
    context.close()


def test_month_is_a_table_on_the_desk_and_a_list_on_a_phone(desk, phone, live_server, site):
    today, day = timezone.localdate(), timezone.localdate() + timedelta(days=7)
    month = f"{day:%Y-%m}"
    address = f"{live_server.url}/courses/?view=month&month={month}"
    desk.goto(address)
    phone.goto(address)

    assert desk.locator(".month th").first.is_visible()
    assert phone.locator(".month thead").bounding_box()["width"] <= 1  # only read aloud
    days = {day, today} if today.month == day.month else {day}
    assert phone.locator(".month td:visible").count() == len(days)
    assert desk.locator(".month__lines a").all_inner_texts() == [
        "10:00 朝の講座",
        "18:00 夜の講座",
    ]
    for page in (desk, phone):
        assert violations(page) == []
        assert_fits(page)
