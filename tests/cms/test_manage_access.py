"""Who may open and change what in the back office."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from accounts.models import User
from cms.models import CatalogueIndexPage, CoursePage
from cms.permissions import set_up_roles
from courses.models import Course, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.models import Application, Notification
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)
from tests.pages import build_site, publish_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(now) -> CoursePage:
    """A course of the first section, with a run, a session and an application."""
    build_site()
    set_up_roles()
    course = CourseFactory(slug="ours", department=DepartmentFactory(code="first"))
    page = publish_page(course)
    run = CourseRunFactory(code="2026-0001", course=course)
    SeatPoolFactory(run=run)
    SessionFactory(run=run, number=1)
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    return page


@pytest.fixture
def people(page) -> dict[str, User]:
    officers, _administrators = set_up_roles()
    own = StaffProfileFactory(department=page.course.department).user
    other = StaffProfileFactory(department=DepartmentFactory(code="second")).user
    head = UserFactory(is_superuser=True)
    for user in (own, other):
        user.groups.add(officers)
    return {"own": own, "other": other, "administrator": head, "resident": UserFactory()}


def _addresses(page: CoursePage) -> dict[str, str]:
    run = page.course.runs.get()
    session = run.sessions.get()
    return {
        "course edit": reverse("manage_course_edit", args=[page.course_id]),
        "run new": reverse("manage_run_new", args=[page.course_id]),
        "run edit": reverse("manage_run_edit", args=[run.code]),
        "run": reverse("manage_run", args=[run.code]),
        "applications": reverse("manage_applications", args=[run.code]),
        "entry": reverse("manage_application_new", args=[run.code]),
        "completion": reverse("manage_completion", args=[run.code]),
        "application": reverse("manage_application", args=[Application.objects.get().pk]),
        "attendance": reverse("manage_attendance", args=[session.pk]),
        "cancel": reverse("manage_session_cancel", args=[session.pk]),
        "page edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "page delete": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "page unpublish": reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        "page move": reverse("wagtailadmin_pages:move", args=[page.pk]),
    }


def _seen(client, address: str) -> str:
    response = client.get(address)
    if response.status_code == 200:
        return "open"
    if response.status_code == 403:
        return "refused"
    where = response.headers.get("Location", "")
    return "signed out" if "login" in where else "refused"


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("own", "open"),
        ("administrator", "open"),
        ("other", "refused"),
        ("resident", "refused"),
    ],
)
def test_run_pages_are_for_the_own_section(client, page, people, who, answer):
    client.force_login(people[who])
    addresses = _addresses(page)
    # An officer may publish and take down, but not delete or move, even the own page.
    for name in ("page delete", "page move"):
        addresses.pop(name)

    seen = {name: _seen(client, address) for name, address in addresses.items()}
    assert seen == dict.fromkeys(addresses, answer)


def test_everything_asks_visitors_to_sign_in(client, page):
    seen = {name: _seen(client, address) for name, address in _addresses(page).items()}

    assert seen == dict.fromkeys(seen, "signed out")


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "move"])
def test_bulk_actions_leave_another_sections_page_alone(client, page, people, action):
    client.force_login(people["other"])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    response = client.post(f"{address}?id={page.pk}&next=/manage/")

    page.refresh_from_db()
    assert page.live
    assert response.status_code in (200, 302, 403)


def test_another_sections_course_is_not_changed_by_a_forged_form(client, page, people):
    client.force_login(people["other"])
    address = reverse("manage_course_edit", args=[page.course_id])

    response = client.post(address, {"facts-title": "のっとり", "step": "publish"})

    assert response.status_code == 403
    assert Course.objects.get().title == page.title


def test_officer_cannot_make_a_course_for_another_section(client, page, people):
    client.force_login(people["other"])
    form = {
        "facts-title": "よその課の講座",
        "facts-kind": "course",
        "facts-department": page.course.department_id,
        "run-selection_mode": "open",
        "sessions-TOTAL_FORMS": "0",
        "sessions-INITIAL_FORMS": "0",
    }

    response = client.post(reverse("manage_course_new"), form)

    assert response.status_code == 422
    assert Course.objects.count() == 1


def test_messages_of_other_sections_are_not_listed(client, page, people):
    client.force_login(people["other"])
    response = client.get(reverse("manage_messages") + "?state=pending")

    assert HANAKO.family not in response.content.decode()
    assert list(response.context["page_obj"]) == []


def test_looking_at_a_list_of_people_is_noted(client, page, people):
    client.force_login(people["own"])
    client.get(_addresses(page)["applications"])

    looked = people["own"].accesses.get()
    assert (looked.subject, looked.people) == ("申込み一覧 2026-0001", 1)


def test_officers_add_to_the_catalogue_but_do_not_change_it(client, page, people):
    index = CatalogueIndexPage.objects.get()
    client.force_login(people["own"])
    for name in ("edit", "unpublish", "delete", "move", "set_privacy"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[index.pk])
        assert client.get(address).status_code == 302, name
    rights = index.permissions_for_user(people["own"])

    assert (rights.can_add_subpage(), rights.can_edit(), rights.can_unpublish()) == (
        True,
        False,
        False,
    )
    assert index.permissions_for_user(people["administrator"]).can_edit()


@pytest.mark.parametrize(
    "name", ["edit", "delete", "unpublish", "copy", "move", "set_privacy", "history"]
)
def test_another_sections_page_is_closed_in_the_page_editor(client, page, people, name):
    client.force_login(people["other"])
    address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    data = {"title": "のっとり", "slug": "x", "restriction_type": "login"}

    assert client.get(address).status_code in (302, 403)
    assert client.post(address, data).status_code in (302, 403, 405)
    page.refresh_from_db()
    assert (page.title, page.live) == (page.course.title, True)
    assert not page.get_view_restrictions().exists()


def test_a_page_is_taken_down_rather_than_closed_with_a_password(client, page, people):
    """Its dates stand in lists, calendars and open data, which would stay open."""
    client.force_login(people["administrator"])
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    for closed in ({"restriction_type": "login"}, {"restriction_type": "password"}):
        client.post(address, {**closed, "password": "geheim"})

    assert not page.get_view_restrictions().exists()


def test_another_sections_page_stays_closed_even_with_every_right(client, page, people):
    """The second wall: hooks refuse what a mistaken group permission would allow."""
    group = Group.objects.create(name="何でも")
    home = page.get_parent().get_parent()
    for right in Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page"
    ):
        GroupPagePermission.objects.create(group=group, page=home, permission=right)
    people["other"].groups.add(group)
    client.force_login(people["other"])

    for name in ("delete", "unpublish"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert client.post(address).status_code in (302, 403)
    page.refresh_from_db()
    assert page.live


WRITES = {
    "manage_course_edit": lambda page: page.course_id,
    "manage_course_publish": lambda page: page.course_id,
    "manage_run_new": lambda page: page.course_id,
    "manage_run_edit": lambda page: page.course.runs.get().code,
    "manage_application_new": lambda page: page.course.runs.get().code,
    "manage_application": lambda page: Application.objects.get().pk,
    "manage_attendance": lambda page: page.course.runs.get().sessions.get().pk,
    "manage_completion": lambda page: page.course.runs.get().code,
    "manage_session_cancel": lambda page: page.course.runs.get().sessions.get().pk,
}


@pytest.mark.parametrize("who", ["other", "resident"])
@pytest.mark.parametrize("name", WRITES)
def test_every_write_is_refused_to_others(client, page, people, name, who):
    client.force_login(people[who])
    before = (Application.objects.values().get(), Session.objects.values().get())
    address = reverse(name, args=[WRITES[name](page)])

    response = client.post(address, {"action": "void", "reason": "いたずら"})

    assert response.status_code == 403
    assert (Application.objects.values().get(), Session.objects.values().get()) == before


def test_message_of_another_section_is_not_settled(client, page, people):
    message = Notification.objects.get()
    message.state = "dead"
    message.save()
    client.force_login(people["other"])

    address = reverse("manage_message_settle", args=[message.pk])
    assert client.post(address, {"action": "settled"}).status_code == 404
    message.refresh_from_db()
    assert message.state == "dead"
