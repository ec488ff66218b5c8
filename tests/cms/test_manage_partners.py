"""Who stands behind a course and what it offers, asked in the one form."""

import pytest

from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import Audience, Course, CourseRun, Partner
from tests.cms.manage_forms import as_shown_now, asked_rows, course_data, partner_rows, rows
from tests.factories import DepartmentFactory, StaffProfileFactory

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


@pytest.fixture
def partners() -> list[str]:
    names = ("学びの会", "みどり野大学")
    return [str(Partner.objects.create(name=name).pk) for name in names]


def _relations(course: Course) -> list[tuple[str, str]]:
    return list(course.partnerships.order_by("pk").values_list("partner__name", "relation"))


def _edit(client, **changes):
    course, session = Course.objects.get(), CourseRun.objects.get().sessions.get()
    row = {"pk": str(session.pk), "day": "2026-12-05", "begins": "10:00", "ends": "12:00"}
    data = course_data(course.department, run__capacity_general="20")
    data |= rows(row, there=1) | as_shown_now() | changes
    return client.post(f"/manage/courses/{course.pk}/edit/", data)


def test_partners_audiences_and_co_hosts_are_kept(client, department, partners):
    first, second = partners
    beside, audience = DepartmentFactory(), Audience.objects.first()
    data = course_data(department) | partner_rows(
        (first, "co_organiser"), ("", "co_organiser"), (second, "supporter")
    )
    data |= {
        "facts-co_hosts": [str(beside.pk), str(department.pk)],
        "facts-audiences": [str(audience.pk)],
    }

    assert client.post(NEW, data).status_code == 302

    course = Course.objects.get()
    assert _relations(course) == [
        ("学びの会", "co_organiser"),
        ("みどり野大学", "supporter"),
    ]
    # a section is not its own co-host
    assert list(course.co_hosts.all()) == [beside]
    assert list(course.audiences.all()) == [audience]


def test_partner_row_is_changed_and_emptied(client, department, partners):
    first, second = partners
    data = course_data(department)
    client.post(NEW, data | partner_rows((first, "organiser"), (second, "supporter")))
    kept = Course.objects.get().partnerships.get(partner=second).pk

    _edit(client, **partner_rows(("", "organiser"), (second, "supporter"), there=2))

    assert _relations(Course.objects.get()) == [("みどり野大学", "supporter")]
    assert Course.objects.get().partnerships.get().pk == kept


def test_same_partner_twice_is_shown_in_its_row(client, department, partners):
    twice = partner_rows((partners[0], "organiser"), (partners[0], "organiser"))

    response = client.post(NEW, course_data(department) | twice)

    assert response.status_code == 422
    assert "同じ団体と関係が上の行にもあります。" in response.content.decode()
    assert Course.objects.count() == 0


def test_partner_may_stand_in_two_relations(client, department, partners):
    both = partner_rows((partners[0], "organiser"), (partners[0], "commissioned"))

    assert client.post(NEW, course_data(department) | both).status_code == 302
    assert len(_relations(Course.objects.get())) == 2


def test_more_partner_rows_lose_nothing(client, department, partners):
    data = course_data(department, step="more_partners")
    data |= partner_rows((partners[0], "supporter"))

    response = client.post(NEW, data)

    shown = response.context["partners"]
    assert response.status_code == 200
    assert [row["partner"].value() or "" for row in shown] == [partners[0], "", ""]
    assert 'value="はじめての会計"' in response.content.decode()


def test_childcare_and_support_are_facts_of_the_run(client, department):
    client.post(
        NEW,
        course_data(department)
        | asked_rows(
            "support",
            {"kind": "childcare", "capacity": "5", "min_age_months": "24"},
            {"kind": "sign_language"},
        ),
    )

    run = CourseRun.objects.get()
    assert (run.has_childcare, run.childcare_note) == (True, "2歳から、5人まで")
    assert (run.has_sign_language, run.has_captioning) == (True, False)
