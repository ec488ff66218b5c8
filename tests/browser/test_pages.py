"""Every kind of public page, on a phone and on a desk: accessible, and no wider than it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import (
    CoursePartner,
    Partner,
    Series,
    SeriesUnit,
    Stage,
    Theme,
    Venue,
    VenueFeature,
)
from learning_paths.models import Path
from tests.browser.axe import assert_fits, violations
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StepFactory,
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
    "/joint/",
    "/joint/godo/",
    "/venues/",
    "/venues/midoriba/",
    "/instructors/",
    "/instructors/1/",
    "/partners/1/",
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
def site(transactional_db):
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
    StepFactory(path=path, position=1, name="はじめる", courses=[course])
    publish_path(path)
    _show_facts(course, run.venue)
    _publish_joint_session(department)


def _show_facts(course, venue):
    """A venue, somebody and an organisation at addresses that are known."""
    Venue.objects.filter(pk=venue.pk).update(
        code="midoriba", phone="0420-00-0000", closed_weekdays="1", parking="1"
    )
    VenueFeature.objects.create(
        venue=venue, item="wheelchairPermissionStatus", presence="1"
    )
    RoomFactory(venue=venue, name="会議室", capacity=20, equipment="マイク")
    person = InstructorFactory(
        pk=1, consents_to_publish=True, approved_at=timezone.now(), is_local_talent=True
    )
    course.instructors.add(person)
    partner = Partner.objects.create(pk=1, name="防災の会", description="訓練の会です。")
    CoursePartner.objects.create(course=course, partner=partner, relation="cooperation")


def _publish_joint_session(department):
    joint = CourseFactory(
        slug="godo",
        title="合同学習会",
        kind="joint_session",
        published_at=None,
        department=department,
    )
    run = CourseRunFactory(code="2026-0002", course=joint)
    for kind in ("citizens", "staff"):
        SeatPoolFactory(run=run, kind=kind, capacity=20)
    SessionFactory(run=run, number=1, starts_at=timezone.now() + timedelta(days=9))
    publish_page(
        joint,
        why="片方だけでは動けません。",
        citizens_bring="道具",
        staff_bring="鍵",
        questions="だれが動かすか",
        body=json.dumps(
            [
                {"type": "quotation", "value": {"words": "よかった", "who": "受講者"}},
                {"type": "people", "value": {"people": [1]}},
                {"type": "courses", "value": {"heading": "講座", "most": 2}},
                {"type": "apply", "value": {"course": joint.pk, "words": "ぜひ"}},
            ]
        ),
    )


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
