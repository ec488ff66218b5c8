"""What a section sees of a course that it hosts together with another, view by view."""

import pytest
from django.urls import reverse

from accounts.models import User
from cms.models import CoursePage
from cms.permissions import set_up_roles
from courses.domain.co_hosting import may_see, seen_by
from courses.domain.sessions import cancel_session
from courses.models import Course
from enrollments.domain.applying import apply_for_seat
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    NOON,
    CourseFactory,
    DepartmentFactory,
    StaffProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SEEN = ("manage_course", "manage_course_preview", "manage_course_changes")
SEEN_OF_RUN = ("manage_run", "manage_run_changes")
KEPT = ("manage_course_edit", "manage_run_new", "manage_course_approval")
KEPT_OF_RUN = (
    "manage_run_edit",
    "manage_applications",
    "manage_application_new",
    "manage_completion",
)


@pytest.fixture
def course(offer) -> Course:
    run = offer("防災", course={"department": DepartmentFactory(name="防災課")})
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)
    run.course.co_hosts.add(DepartmentFactory(name="市民活動課", code="together"))
    return run.course


@pytest.fixture
def people(course) -> dict[str, User]:
    officers, _administrators = set_up_roles()
    sections = {
        "own": course.department,
        "co-host": course.co_hosts.get(),
        "other": DepartmentFactory(),
    }
    found = {
        who: StaffProfileFactory(department=section).user
        for who, section in sections.items()
    }
    for user in found.values():
        user.groups.add(officers)
    return found | {"resident": UserFactory()}


def _addresses(course: Course) -> dict[str, str]:
    run = course.runs.get()
    session = run.sessions.get()
    of_course = {name: reverse(name, args=[course.pk]) for name in (*SEEN, *KEPT)}
    of_run = {name: reverse(name, args=[run.code]) for name in (*SEEN_OF_RUN, *KEPT_OF_RUN)}
    page = CoursePage.objects.get()
    return {
        **of_course,
        **of_run,
        "manage_application": reverse(
            "manage_application", args=[Application.objects.get().pk]
        ),
        "manage_attendance": reverse("manage_attendance", args=[session.pk]),
        "manage_session_cancel": reverse("manage_session_cancel", args=[session.pk]),
        "page edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


@pytest.mark.parametrize(
    ("who", "opened"),
    [
        ("co-host", {*SEEN, *SEEN_OF_RUN}),
        ("other", {"manage_course"}),
        ("resident", set()),
    ],
)
def test_views_open_to_those_who_may_see(client, course, people, who, opened):
    client.force_login(people[who])
    found = {
        name
        for name, address in _addresses(course).items()
        if client.get(address).status_code == 200
    }

    assert found == opened


def test_own_section_opens_everything_but_the_heads_page(client, course, people):
    client.force_login(people["own"])
    closed = {
        name
        for name, address in _addresses(course).items()
        if client.get(address).status_code != 200
    }

    assert closed == {"manage_course_approval"}


def test_co_host_is_shown_counts_and_no_applicant(client, course, people):
    client.force_login(people["co-host"])
    run = course.runs.get()
    shown = [
        client.get(reverse(name, args=[key])).content.decode()
        for name, key in (
            ("manage_run", run.code),
            ("manage_run_changes", run.code),
            ("manage_course", course.pk),
            ("manage_course_changes", course.pk),
        )
    ]

    assert "受講決定 1" in shown[0]
    for text in shown:
        assert HANAKO.family not in text
        assert Application.objects.get().receipt_number not in text
        assert reverse("manage_applications", args=[run.code]) not in text
    assert reverse("manage_run_edit", args=[run.code]) not in shown[0]


@pytest.mark.parametrize(
    "name",
    [
        "manage_course_edit",
        "manage_course_publish",
        "manage_course_ask",
        "manage_course_take_back",
        "manage_course_approval",
        "manage_run_new",
    ],
)
def test_co_host_writes_nothing_of_the_course(client, course, people, name):
    client.force_login(people["co-host"])
    before = Course.objects.values().get()

    assert client.post(reverse(name, args=[course.pk]), {}).status_code == 403
    assert Course.objects.values().get() == before


@pytest.mark.parametrize("name", ["manage_run_edit", "manage_run_announce"])
def test_co_host_writes_nothing_of_the_run(client, course, people, name):
    client.force_login(people["co-host"])
    run = course.runs.get()

    assert client.post(reverse(name, args=[run.code]), {}).status_code == 403


def test_draft_is_previewed_by_co_hosts_only(client, site, people, course):
    page = CoursePage.objects.get()
    page.intro = "まだ秘密の一文"
    page.save_revision()
    seen = {}
    for who in ("own", "co-host", "other"):
        client.force_login(people[who])
        address = reverse("manage_course_preview", args=[course.pk])
        seen[who] = "まだ秘密の一文" in client.get(address).content.decode()

    assert seen == {"own": True, "co-host": True, "other": False}


def test_list_of_own_courses_names_the_co_hosted_ones(client, course, people):
    client.force_login(people["co-host"])
    text = client.get(reverse("manage_courses")).content.decode()

    assert "防災" in text
    assert "いっしょに行う講座" in text


def test_sight_follows_the_sections(course, people):
    alone = CourseFactory()

    assert {who: may_see(user, course) for who, user in people.items()} == {
        "own": True,
        "co-host": True,
        "other": False,
        "resident": False,
    }
    assert not may_see(people["co-host"], alone)
    assert list(seen_by(course.co_hosts.get())) == [course]


def test_changes_are_shown_to_the_co_host_without_links_to_edit(client, course, people):
    session = course.runs.get().sessions.get()
    cancel_session(session=session, reason="大雪", by=people["own"], at=NOON)
    CoursePage.objects.get().save_revision(log_action=True, user=people["own"])
    address = reverse("manage_course_changes", args=[course.pk])
    shown = {}
    for who in ("own", "co-host"):
        client.force_login(people[who])
        text = client.get(address).content.decode()
        shown[who] = ("大雪" in text, "前の版とくらべる" in text)

    assert shown == {"own": (True, True), "co-host": (True, False)}
