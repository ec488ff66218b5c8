"""Last year's run or course as the beginning of a new one."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cms.models import CoursePage
from cms.permissions import set_up_roles
from courses.domain.fiscal_year import TOKYO
from courses.models import ClosingDay, Course, CourseRun, Partner, Session
from tests.cms.manage_forms import course_data, partner_rows, rows, run_data
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)
from tests.pages import publish_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(site, client) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.groups.add(officers)
    client.force_login(user)
    return user


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TOKYO)


@pytest.fixture
def run(officer) -> CourseRun:
    """Two Saturdays of December, in a room, for citizens and groups."""
    course = CourseFactory(
        title="令和7年度 会計の基礎",
        department=officer.staff_profile.department,
        published_at=None,
    )
    publish_page(course, intro="お金の流れがわかります。")
    run = CourseRunFactory(
        course=course,
        fiscal_year=2025,
        label="令和7年度",
        audience="市内の団体の方",
        applications_open_at=_at(date(2025, 11, 4), 9),
        applications_close_at=_at(date(2025, 11, 28), 17),
    )
    SeatPoolFactory(run=run, kind="citizens", capacity=20, seats_taken=20)
    SeatPoolFactory(run=run, kind="groups", capacity=5)
    room = RoomFactory()
    for number, day in enumerate((date(2025, 12, 6), date(2025, 12, 13)), start=1):
        SessionFactory(
            run=run,
            number=number,
            title=f"第{number}話",
            room=room,
            venue=room.venue,
            starts_at=_at(day, 10),
            ends_at=_at(day, 12),
        )
    return run


def _copy(run: CourseRun) -> str:
    return reverse("manage_run_new", args=[run.course_id]) + f"?copy={run.code}"


def _days(response) -> list[tuple[str, str]]:
    shown = response.context["sessions"]
    return [(f"{r['day'].value()}", r["title"].value()) for r in shown if r["day"].value()]


def test_copied_run_is_filled_in_and_not_saved(client, run):
    response = client.get(_copy(run))

    form = response.context["run_form"]
    assert _days(response) == [("2026-12-05", "第1話"), ("2026-12-12", "第2話")]
    assert (form["label"].value(), form["audience"].value()) == (
        "令和8年度",
        "市内の団体の方",
    )
    assert form["applications_open_at"].value() == datetime(2026, 11, 3, 9)
    assert form["applications_close_at"].value() == datetime(2026, 11, 27, 17)
    assert [form[name].value() for name in form.place_names] == [20, 5]
    page = response.content.decode()
    assert "まだ保存していません。" in page
    assert "日付は令和8年度に合わせて52週間ずらしました。" in page
    assert CourseRun.objects.count() == 1


def test_saving_the_copy_makes_a_run_with_empty_places(client, run):
    data = run_data(
        capacity_citizens="20",
        capacity_groups="5",
        applications_close_at="2026-11-27T17:00",
    )
    as_proposed = {"day": "2026-12-05", "begins": "10:00", "ends": "12:00"}
    as_proposed |= {"title": "第1話", "room": str(run.sessions.first().room_id)}
    data |= rows(as_proposed) | {"step": "save"}
    data["form_key"] = "4d6a2f5e-9d0c-4f0a-8a57-0d6d3f1f7a11"

    client.post(_copy(run), data)
    client.post(_copy(run), data)

    made = CourseRun.objects.exclude(pk=run.pk).get()
    assert (made.course, made.fiscal_year, made.state) == (run.course, 2026, "announced")
    assert dict(made.pools.values_list("kind", "seats_taken")) == {
        "citizens": 0,
        "groups": 0,
    }
    assert not {made.sessions.get().uid} & set(run.sessions.values_list("uid", flat=True))


def test_copy_names_days_off_and_taken_rooms_and_people(client, run):
    teacher = InstructorFactory()
    run.course.instructors.add(teacher)
    ClosingDay.objects.create(
        name="設備の点検", first_day=date(2026, 12, 5), last_day=date(2026, 12, 5)
    )
    other = SessionFactory(
        room=run.sessions.first().room,
        starts_at=_at(date(2026, 12, 12), 11),
        ends_at=_at(date(2026, 12, 12), 13),
    )
    other.teaching.create(instructor=teacher)

    _rule, opening, off, room, person = client.get(_copy(run)).context["begun_from"].notes

    assert opening == "申込開始の11月3日（火）は休みの日です：文化の日"
    assert off == "12月5日（土）は休みの日です：設備の点検"
    assert ("部屋か時間" in room, "さんは" in person) == (True, True)
    assert other.run.course.title in room
    assert other.run.course.title in person


def test_copy_goes_back_to_what_was_first_announced(client, run):
    first, second = run.sessions.order_by("number")
    Session.objects.filter(pk=first.pk).update(
        state="moved",
        former_starts_at=first.starts_at,
        starts_at=first.starts_at + timedelta(days=1),
        ends_at=first.ends_at + timedelta(days=1),
    )
    Session.objects.filter(pk=second.pk).update(state="cancelled")

    assert [day for day, _title in _days(client.get(_copy(run)))] == [
        "2026-12-05",
        "2026-12-12",
    ]


def test_copied_row_may_be_emptied(client, run):
    data = run_data(capacity_citizens="20", capacity_groups="5")
    data |= rows(("", "", ""), ("2026-12-12", "10:00", "12:00")) | {"step": "save"}
    data["form_key"] = "4d6a2f5e-9d0c-4f0a-8a57-0d6d3f1f7a11"

    client.post(_copy(run), data)

    assert CourseRun.objects.exclude(pk=run.pk).get().sessions.count() == 1


def test_course_is_copied_into_another_course(client, run):
    partner = Partner.objects.create(name="学びの会")
    run.course.partnerships.create(partner=partner, relation="supporter")
    address = reverse("manage_course_new") + f"?copy={run.course_id}"

    response = client.get(address)

    shown = response.context
    assert shown["facts"]["title"].value() == "令和8年度 会計の基礎"
    assert not shown["facts"]["slug"].value()
    assert shown["prose"]["intro"].value() == "お金の流れがわかります。"
    assert shown["partners"][0]["partner"].value() == str(partner.pk)
    assert _days(response)[0] == ("2026-12-05", "第1話")

    data = course_data(run.course.department, run__capacity_citizens="20")
    data |= {"run-capacity_groups": "5", "facts-title": "令和8年度 会計の基礎"}
    client.post(address, data | partner_rows((str(partner.pk), "supporter"), there=1))
    made = Course.objects.get(title="令和8年度 会計の基礎")
    assert made.partnerships.get().partner == partner
    assert not made.is_public


def test_rich_body_goes_over_to_the_copy(client, run):
    page = CoursePage.objects.get()
    page.body = [("heading", "内容"), ("paragraph", "<p>文章</p>")]
    page.save_revision()
    address = reverse("manage_course_new") + f"?copy={run.course_id}"
    data = course_data(run.course.department, run__capacity_citizens="20")

    client.post(address, data | {"run-capacity_groups": "5"})

    made = CoursePage.objects.exclude(pk=page.pk).get()
    body = made.get_latest_revision_as_object().body
    assert [block.block_type for block in body] == ["heading", "paragraph"]


def test_another_sections_course_is_not_copied(client, run):
    foreign = CourseRunFactory()
    addresses = [_copy(foreign), f"/manage/courses/new/?copy={foreign.course_id}"]

    assert [client.get(address).status_code for address in addresses] == [403, 403]


@pytest.mark.parametrize("wrong", ["x", "0", "9" * 30, ""])
def test_copy_of_nothing_is_no_page(client, run, wrong):
    assert client.get(f"/manage/courses/new/?copy={wrong}").status_code == 404


def test_copy_asks_the_database_as_often_for_five_sessions_as_for_three(client, run):
    counted = []
    for number in (3, 4, 5):
        SessionFactory(
            run=run, number=number, starts_at=_at(date(2025, 12, 10 + number), 10)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(_copy(run))
        counted.append(len(queries))
    assert counted[0] == counted[2]
