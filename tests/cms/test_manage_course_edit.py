"""The one form again, for a course that exists: what changes and what stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cms.models import CoursePage
from cms.permissions import set_up_roles
from courses.models import Course, CourseRun, Session
from tests.cms.manage_forms import as_shown_now, course_data, rows
from tests.cms.sent_form import as_shown
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)
from tests.pages import publish_page

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"


@pytest.fixture
def officer(site, client) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=DepartmentFactory(code="ours")).user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def department(officer):
    return officer.staff_profile.department


def _edit(course: Course) -> str:
    return reverse("manage_course_edit", args=[course.pk])


def test_edit_shows_and_changes_course_page_run_and_sessions(client, officer, department):
    client.post(NEW, course_data(department))
    course = Course.objects.get()
    shown = client.get(_edit(course))
    session = Session.objects.get()
    assert shown.context["sessions"].initial[0]["begins"].hour == 10

    row = {"pk": str(session.pk), "day": "2026-12-06", "begins": "10:00", "ends": "12:30"}
    data = course_data(department, row, run__capacity_general="25") | rows(row, there=1)
    data |= {"facts-title": "会計の基礎", "facts-slug": "kiso"}
    response = client.post(_edit(course), data | as_shown_now())

    assert response.status_code == 302
    course.refresh_from_db()
    session.refresh_from_db()
    assert (course.title, course.slug) == ("会計の基礎", "kiso")
    assert (session.starts_at.day, session.ends_at.minute) == (6, 30)
    assert course.runs.get().pools.get().capacity == 25
    assert CoursePage.objects.get().get_latest_revision_as_object().slug == "kiso"


def test_saved_course_can_be_changed_with_what_its_form_shows(client, officer, department):
    """As a browser does it: the marks against old tabs come from the page itself."""
    client.post(NEW, course_data(department))
    course = Course.objects.get()

    shown = as_shown(client.get(_edit(course)))
    response = client.post(
        _edit(course), shown | {"run-bring": "筆記用具", "step": "draft"}
    )

    assert response.status_code == 302
    assert CourseRun.objects.get().bring == "筆記用具"


def test_draft_session_is_taken_out(client, officer, department):
    client.post(
        NEW,
        course_data(
            department, ("2026-12-05", "10:00", "12:00"), ("2026-12-12", "10:00", "12:00")
        ),
    )
    course = Course.objects.get()
    first, second = course.runs.get().sessions.all()
    kept = {
        "pk": str(second.pk),
        "day": "2026-12-12",
        "begins": "10:00",
        "ends": "12:00",
    }
    gone = {"pk": str(first.pk), "day": "", "begins": "", "ends": "", "drop": "on"}
    client.post(
        _edit(course),
        course_data(department, run__capacity_general="20")
        | rows(gone, kept, there=2)
        | as_shown_now(),
    )
    assert list(Session.objects.values_list("pk", "number")) == [(second.pk, 1)]


def test_row_keeps_what_it_does_not_show(client, officer, department):
    client.post(NEW, course_data(department))
    course, session = Course.objects.get(), Session.objects.get()
    session.time_note, session.online_url = "開場は9時半", "https://example.jp/room"
    session.save()
    row = {
        "pk": str(session.pk),
        "day": "2026-12-06",
        "begins": "10:00",
        "ends": "12:00",
        "online_url": "https://example.jp/room",
    }
    client.post(
        _edit(course),
        course_data(department, run__capacity_general="20")
        | rows(row, there=1)
        | as_shown_now(),
    )
    session.refresh_from_db()
    assert (session.starts_at.day, session.time_note, session.online_url) == (
        6,
        "開場は9時半",
        "https://example.jp/room",
    )


def test_page_saved_by_somebody_else_is_not_overwritten(client, officer, department):
    client.post(NEW, course_data(department))
    course, page = Course.objects.get(), CoursePage.objects.get()
    seen = as_shown_now()
    page.intro = "ほかの人の文章"
    page.save_revision()

    data = course_data(department, run__capacity_general="20") | seen
    response = client.post(_edit(course), data)

    assert response.status_code == 409
    assert "先に保存しました" in response.content.decode()
    assert page.get_latest_revision_as_object().intro == "ほかの人の文章"


def test_published_course_keeps_its_address_and_shows_its_title_when_published(
    client, officer, department
):
    client.post(NEW, course_data(department, step="publish"))
    course = Course.objects.get()
    session = Session.objects.get()
    row = {"pk": str(session.pk), "day": "2026-12-05", "begins": "10:00", "ends": "12:00"}
    data = course_data(department, run__capacity_general="20") | rows(row, there=1)
    data |= {"facts-title": "会計の基礎", "facts-slug": "kiso"}

    client.post(_edit(course), data | as_shown_now())
    course.refresh_from_db()
    assert (course.title, course.slug) == ("はじめての会計", "はじめての会計")
    client.post(_edit(course), data | as_shown_now() | {"step": "publish"})
    course.refresh_from_db()
    assert (course.title, course.slug) == ("会計の基礎", "はじめての会計")


def test_rich_body_is_left_to_the_page_editor(client, officer, department):
    course = CourseFactory(department=department, published_at=None)
    publish_page(course, body=[("heading", "内容"), ("paragraph", "<p>文章</p>")])
    page = CoursePage.objects.get()
    shown = client.get(_edit(course))
    assert "text" not in shown.context["prose"].fields

    data = course_data(department) | as_shown_now()
    assert client.post(_edit(course), data).status_code == 302
    body = page.get_latest_revision_as_object().body
    assert [block.block_type for block in body] == ["heading", "paragraph"]


def test_course_with_several_runs_leaves_them_to_their_own_forms(
    client, officer, department
):
    course = CourseFactory(department=department, published_at=None)
    publish_page(course)
    CourseRunFactory.create_batch(2, course=course)

    shown = client.get(_edit(course))
    assert "run_form" not in shown.context
    data = course_data(department) | as_shown_now()
    assert client.post(_edit(course), data).status_code == 302
    assert set(CourseRun.objects.values_list("audience", flat=True)) == {""}


def test_publishing_and_reverting_a_page_never_touches_runs(client, officer, department):
    client.post(NEW, course_data(department, step="publish"))
    page = CoursePage.objects.get()
    first = page.latest_revision
    run = CourseRun.objects.get()
    before = (
        CourseRun.objects.values().get(),
        Session.objects.values().get(),
        run.pools.values().get(),
    )
    page.title, page.intro = "別の題名", "別の文章"
    page.save_revision().publish()
    first.publish()
    page.refresh_from_db()
    assert page.title == "はじめての会計"

    after_revert = Session.objects.values().get()
    # a new title is news for calendars, and nothing else is
    for row in (before[1], after_revert):
        row.pop("sequence"), row.pop("revised_at")
    assert (CourseRun.objects.values().get(), after_revert, run.pools.values().get()) == (
        before
    )


def test_form_asks_the_database_as_often_for_three_sessions_as_for_one(
    client, officer, department
):
    counted = []
    for number in (1, 3):
        course = CourseFactory(department=department, published_at=None)
        publish_page(course)
        run = CourseRunFactory(course=course)
        SeatPoolFactory(run=run)
        for each in range(number):
            room = RoomFactory()
            SessionFactory(run=run, number=each + 1, room=room, venue=room.venue)
            InstructorFactory()
        client.get(_edit(course))
        with CaptureQueriesContext(connection) as queries:
            client.get(_edit(course))
        counted.append(len(queries))
    assert counted[0] == counted[1]
