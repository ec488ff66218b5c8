"""The one form: what it makes, what it refuses, and what it keeps."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import User
from cms.models import CatalogueIndexPage, CoursePage
from cms.permissions import set_up_roles
from courses.models import Course, CourseRun, Session, Stage, Theme
from tests.cms.manage_forms import course_data, rows
from tests.factories import (
    CourseFactory,
    DepartmentFactory,
    InstructorFactory,
    RoomFactory,
    SessionFactory,
    StaffProfileFactory,
)

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


def _errors(response) -> dict[str, list[str]]:
    """Every error of every form of the page, by the name of its field."""
    context = response.context
    found = {}
    for name in ("facts", "prose", "run_form", "key"):
        form = context.get(name)
        if form is not None:
            found |= {
                form.add_prefix(key): list(value) for key, value in form.errors.items()
            }
    for row in context.get("sessions") or []:
        found |= {row.add_prefix(key): list(value) for key, value in row.errors.items()}
    return found


def test_one_submit_makes_page_run_places_and_sessions(client, officer, department):
    stage, theme, teacher = Stage.objects.first(), Theme.objects.last(), InstructorFactory()
    room = RoomFactory()
    data = course_data(
        department,
        ("2026-12-05", "10:00", "12:00"),
        {
            "day": "2026-12-12",
            "begins": "10:00",
            "ends": "12:00",
            "title": "応用",
            "room": str(room.pk),
        },
        run__audience="市内の団体の方",
        run__contact_phone="0420-00-0000",
    ) | {
        "facts-stages": [str(stage.pk)],
        "facts-themes": [str(theme.pk)],
        "facts-instructors": [str(teacher.pk)],
    }

    response = client.post(NEW, data)

    course = Course.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("manage_course", args=[course.pk])
    assert (course.title, course.department, course.is_public) == (
        "はじめての会計",
        department,
        False,
    )
    assert [*course.stages.all(), *course.themes.all(), *course.instructors.all()] == [
        stage,
        theme,
        teacher,
    ]
    run = course.runs.get()
    assert (run.audience, run.contact_phone, run.created_by) == (
        "市内の団体の方",
        "0420-00-0000",
        officer,
    )
    assert run.pools.get().capacity == 20
    assert list(run.sessions.values_list("number", "title", "room", "starts_at")) == [
        (1, "", None, datetime(2026, 12, 5, 1, tzinfo=UTC)),
        (2, "応用", room.pk, datetime(2026, 12, 12, 1, tzinfo=UTC)),
    ]
    page = CoursePage.objects.get()
    assert (page.course, page.live, page.owner) == (course, False, officer)
    assert (page.slug, page.intro) == ("はじめての会計", "お金の流れがわかります。")


def test_publishing_makes_course_and_page_public(client, officer, department):
    client.post(NEW, course_data(department, step="publish"))

    assert Course.objects.get().is_public
    assert client.get("/courses/はじめての会計/").status_code == 200


def test_preview_shows_the_draft(client, officer, department):
    response = client.post(NEW, course_data(department, step="preview"), follow=True)

    assert response.status_code == 200
    assert "お金の流れがわかります。" in response.content.decode()
    assert not Course.objects.get().is_public


def test_staff_places_make_two_pools(client, officer, department):
    client.post(NEW, course_data(department, run__staff_capacity="10"))

    pools = dict(CourseRun.objects.get().pools.values_list("kind", "capacity"))
    assert pools == {"citizens": 20, "staff": 10}


def test_sending_the_form_twice_makes_one_course(client, officer, department):
    data = course_data(department, step="publish")
    first, second = client.post(NEW, data), client.post(NEW, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert (
        Course.objects.count(),
        CourseRun.objects.count(),
        Session.objects.count(),
        CoursePage.objects.count(),
    ) == (1, 1, 1, 1)


def test_changing_the_form_after_going_back_changes_the_first_course(
    client, officer, department
):
    data = course_data(department)
    client.post(NEW, data)
    new_rows = rows(("2026-12-06", "13:00", "15:00"), ("2026-12-13", "13:00", "15:00"))
    client.post(NEW, data | {"facts-title": "会計の基礎", "run-capacity": "30"} | new_rows)

    course = Course.objects.get()
    run = course.runs.get()
    assert (course.title, run.pools.get().capacity) == ("会計の基礎", 30)
    assert CoursePage.objects.get().get_latest_revision_as_object().title == "会計の基礎"
    assert [s.starts_at.day for s in run.sessions.all()] == [6, 13]


BAD = {
    "no title": ({"facts-title": ""}, "facts-title"),
    "foreign section": ({"facts-department": "0"}, "facts-department"),
    "unknown kind": ({"facts-kind": "party"}, "facts-kind"),
    "address with spaces": ({"facts-slug": "a b"}, "facts-slug"),
    "published without deadline": (
        {"run-applications_close_at": "", "step": "publish"},
        "run-applications_close_at",
    ),
    "deadline before opening": (
        {"run-applications_open_at": "2026-12-02T00:00"},
        "run-applications_close_at",
    ),
    "negative places": ({"run-capacity": "-1"}, "run-capacity"),
    "no participants": ({"run-max_participants": "0"}, "run-max_participants"),
    "nonsense mail": ({"run-contact_email": "電話"}, "run-contact_email"),
    "no such day": ({"sessions-0-day": "2026-02-30"}, "sessions-0-day"),
    "ends before start": ({"sessions-0-ends": "09:00"}, "sessions-0-ends"),
    "no end": ({"sessions-0-ends": ""}, "sessions-0-ends"),
    "unknown room": ({"sessions-0-room": "0"}, "sessions-0-room"),
    "long title": ({"facts-title": "長" * 161}, "facts-title"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_shown_at_its_field_and_nothing_is_lost(
    client, officer, department, name
):
    wrong, field = BAD[name]
    response = client.post(NEW, course_data(department) | wrong)

    assert response.status_code == 422
    assert list(_errors(response)) == [field]
    assert (Course.objects.count(), CoursePage.objects.count()) == (0, 0)
    html = response.content.decode()
    kept = {"お金の流れがわかります。", "10:00", "2026-12-01T17:00"} - set(wrong.values())
    assert [text for text in kept if text not in html] == (
        ["2026-12-01T17:00"] if name == "published without deadline" else []
    )


def test_taken_room_is_shown_in_its_row(client, officer, department):
    room = RoomFactory()
    SessionFactory(
        room=room, venue=room.venue, starts_at=datetime(2026, 12, 12, 1, tzinfo=UTC)
    )
    taken = {
        "day": "2026-12-12",
        "begins": "11:00",
        "ends": "13:00",
        "room": str(room.pk),
    }
    data = course_data(department, ("2026-12-05", "10:00", "12:00"), taken)

    response = client.post(NEW, data)

    assert response.status_code == 422
    assert list(_errors(response)) == ["sessions-1-room"]
    assert not Course.objects.filter(title="はじめての会計").exists()


def test_taken_address_is_shown_at_its_field(client, officer, department):
    CourseFactory(slug="kaikei")

    response = client.post(NEW, course_data(department, facts__slug="kaikei"))

    assert (response.status_code, list(_errors(response))) == (422, ["facts-slug"])


def test_rows_are_added_without_script_and_nothing_is_checked(client, officer, department):
    data = course_data(department, facts__title="", step="more")

    response = client.post(NEW, data)

    assert response.status_code == 200
    assert len(response.context["sessions"].forms) == 4
    assert 'value="2026-12-05"' in response.content.decode()
    assert Course.objects.count() == 0


def test_adding_a_page_in_the_explorer_leads_to_the_form(client, officer):
    parent = CatalogueIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["cms", "coursepage", parent.pk])

    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, NEW)


def test_draft_is_published_from_its_own_page(client, officer, department):
    client.post(NEW, course_data(department))
    course = Course.objects.get()
    address = reverse("manage_course", args=[course.pk])
    publish = reverse("manage_course_publish", args=[course.pk])
    assert publish in client.get(address).content.decode()

    assert client.post(publish).url == address

    course.refresh_from_db()
    assert course.is_public
    assert publish not in client.get(address).content.decode()
    assert client.get(course.get_absolute_url()).status_code == 200


def test_preview_says_that_it_is_one_and_leads_back(client, officer, department):
    response = client.post(NEW, course_data(department, step="preview"))
    course = Course.objects.get()

    preview = client.get(response.url).content.decode()

    assert "公開する前の見え方です" in preview
    assert reverse("manage_course", args=[course.pk]) in preview
    client.post(reverse("manage_course_publish", args=[course.pk]))
    assert "preview-bar" not in client.get(course.get_absolute_url()).content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_impossible_days_are_named_at_their_fields(client, officer, department, day):
    data = course_data(
        department, (day, "10:00", "12:00"), run__applications_open_at=f"{day}T00:00"
    )

    response = client.post(NEW, data)

    assert response.status_code == 422
    page = response.content.decode()
    assert page.count("2000年から2100年までの日付を入力してください。") == 4
    assert 'href="#id_sessions-0-day"' in page
