"""Who teaches a session: the course's instructors, others by name, and clashes."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import Course, Session
from tests.cms.manage_forms import as_shown_now, course_data, rows
from tests.factories import (
    DepartmentFactory,
    InstructorFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"
ROW = {"day": "2026-12-05", "begins": "10:00", "ends": "12:00"}


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


@pytest.fixture
def people():
    return [
        InstructorFactory(family_name=family, given_name=given)
        for family, given in (("鈴木", "一郎"), ("髙橋", "文"), ("佐藤", "花子"))
    ]


def _make(client, department, teachers="", usual=(), **changes):
    data = course_data(department, ROW | {"teachers": teachers})
    data["facts-instructors"] = [str(person.pk) for person in usual]
    return client.post(NEW, data | changes)


def _teaching() -> set[str]:
    session = Session.objects.get(run__course__title="はじめての会計")
    return {person.full_name for person in session.instructors.all()}


def _edit(client, teachers, usual=()):
    course = Course.objects.get()
    session = Session.objects.get()
    row = ROW | {"pk": str(session.pk), "teachers": teachers}
    data = course_data(course.department, run__capacity_general="20")
    data |= rows(row, there=1) | as_shown_now()
    data["facts-instructors"] = [str(person.pk) for person in usual]
    return client.post(f"/manage/courses/{course.pk}/edit/", data)


def test_courses_instructors_teach_every_session(client, department, people):
    _make(client, department, usual=people[:2])

    assert _teaching() == {"鈴木 一郎", "髙橋 文"}
    shown = client.get(f"/manage/courses/{Course.objects.get().pk}/edit/")
    assert shown.context["sessions"][0]["teachers"].value() == ""


def test_row_names_others(client, department, people):
    _make(client, department, "髙橋文、 佐藤　花子", usual=people[:1])

    assert _teaching() == {"髙橋 文", "佐藤 花子"}
    shown = client.get(f"/manage/courses/{Course.objects.get().pk}/edit/")
    assert shown.context["sessions"][0]["teachers"].value() == "髙橋 文、佐藤 花子"


def test_emptied_names_go_back_to_the_course(client, department, people):
    _make(client, department, "佐藤花子", usual=people[:1])

    assert _edit(client, "", usual=people[1:2]).status_code == 302

    assert _teaching() == {"髙橋 文"}


def test_untouched_names_stay_when_the_course_gets_others(client, department, people):
    _make(client, department, "佐藤花子", usual=people[:1])

    assert _edit(client, "佐藤 花子", usual=people[1:2]).status_code == 302

    assert _teaching() == {"佐藤 花子"}


def test_unknown_name_is_shown_in_its_row(client, department, people):
    response = _make(client, department, "山本 太郎")

    assert response.status_code == 422
    assert response.context["sessions"][0].errors["teachers"] == [
        "「山本 太郎」さんは講師の一覧にいません。先に講師を登録してください。"
    ]
    assert 'value="山本 太郎"' in response.content.decode()


def test_namesakes_are_told_apart(client, department, people):
    twin = InstructorFactory(family_name="鈴木", given_name="一郎")

    asked = _make(client, department, "鈴木 一郎")
    assert f"鈴木 一郎（{twin.pk}）" in str(asked.context["sessions"][0].errors)
    _make(client, department, f"鈴木一郎({twin.pk})")

    assert Session.objects.get().instructors.get() == twin


def test_clash_is_named_and_may_be_overridden_with_a_reason(client, department, people):
    other = SessionFactory(
        starts_at=datetime(2026, 12, 5, 2, tzinfo=UTC),
        ends_at=datetime(2026, 12, 5, 4, tzinfo=UTC),
    )
    other.teaching.create(instructor=people[0])
    assert "重なってもよい理由" not in client.get(NEW).content.decode()

    refused = _make(client, department, usual=people[:1])

    page = refused.content.decode()
    assert refused.status_code == 422
    assert f"「{other.run.course.title}」第{other.number}回" in page
    assert 'name="sessions-0-override_reason"' in page
    assert not Course.objects.filter(title="はじめての会計").exists()

    reason = {"sessions-0-override_reason": "同じ建物で交代する"}
    assert _make(client, department, usual=people[:1], **reason).status_code == 302
    made = Session.objects.get(run__course__title="はじめての会計")
    assert made.teaching.get().override_reason == "同じ建物で交代する"
