"""Every kind of public page, on a phone and on a desk: accessible, and no wider than it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Series, SeriesUnit, Stage, Theme
from learning_paths.models import Path, Step
from tests.browser.axe import assert_fits, violations
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page, publish_path, publish_series

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PAGES = [
    "/courses/?q=防災&open=1&stage=growth",
    "/",
    "/courses/",
    "/courses/?q=防災&open=1&stage=growth",
    "/courses/?q=見つからない言葉",
    "/courses/?weekday=1&weekday=2&time=evening&area=中央&near=中央",
    "/courses/?view=month",
    "/courses/bosai/",
    "/stages/",
    "/stages/growth/",
    "/series/",
    "/series/bosai-series/",
    "/paths/",
    "/paths/growth-path/",
    "/news/",
    "/news/winter/",
    "/privacy/",
    "/calendar/",
    "/groups/",
    "/apply/2026-0001/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/no-such-page/",
    "/applications/forged/",
    "/en/",
    "/en/courses/bosai/",
]


@pytest.fixture
def site(seeded):
    now = timezone.now()
    build_site()
    department = DepartmentFactory(phone="0420-00-0000")
    course = CourseFactory(
        title="はじめての防災　" * 6, slug="bosai", published_at=None, department=department
    )
    course.stages.add(Stage.objects.get(key="growth"))
    course.themes.add(Theme.objects.get(key="disaster"))
    run = CourseRunFactory(
        code="2026-0001",
        course=course,
        venue=VenueFactory(access="駅から5分", accessibility="エレベーターがあります。"),
        max_participants=3,
        applications_open_at=now - timedelta(days=1),
        applications_close_at=now + timedelta(days=10),
    )
    SeatPoolFactory(run=run, capacity=20)
    for number in (1, 2):
        start = now + timedelta(days=7 * number)
        SessionFactory(run=run, number=number, starts_at=start, title="まちを歩く")
    publish_page(
        course,
        intro="備えを考えます。",
        outcomes="わが家の備えを点検できる",
        body=[("heading", "内容"), ("paragraph", "<p>まちを歩きます。</p>")],
    )
    series = Series.objects.create(
        slug="bosai-series",
        title="防災シリーズ",
        theme=Theme.objects.get(key="disaster"),
        department=department,
        goal="地域の防災を考えます。",
    )
    SeriesUnit.objects.create(series=series, course=course, position=1)
    publish_series(series)
    path = Path.objects.create(
        slug="growth-path", name="成長の道すじ", stage=Stage.objects.get(key="growth")
    )
    Step.objects.create(path=path, position=1, name="はじめる").courses.add(course)
    publish_path(path)


def _look_at(page, live_server):
    problems = {}
    for address in PAGES:
        page.goto(live_server.url + address)
        assert_fits(page)
        found = violations(page)
        if found:
            problems[address] = found
    return problems


def test_pages_are_accessible_on_a_phone(phone, live_server, site):
    assert _look_at(phone, live_server) == {}


def test_pages_are_accessible_on_a_desk(desk, live_server, site):
    assert _look_at(desk, live_server) == {}
