"""Going live and being taken down at a moment set beforehand."""

from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from cms.models import CoursePage
from cms.permissions import set_up_roles
from courses.domain.fiscal_year import TOKYO
from courses.models import Course
from tests.cms.manage_forms import as_shown_now, course_data
from tests.factories import CourseFactory, DepartmentFactory, StaffProfileFactory
from tests.pages import publish_page

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"
GO, END = "2026-12-01T09:00", "2027-03-31T17:00"
NOT_YET = datetime(2026, 12, 1, 8, 59, tzinfo=TOKYO)
LIVE = datetime(2026, 12, 1, 9, 1, tzinfo=TOKYO)
OVER = datetime(2027, 3, 31, 17, 1, tzinfo=TOKYO)


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


def _publish(client, department, **changes):
    data = course_data(department, step="publish", **changes)
    return client.post(NEW, data, follow=True)


def _page(client, name: str):
    return reverse(name, args=[Course.objects.get().pk])


def _worker_at(moment: datetime) -> Course:
    with time_machine.travel(moment, tick=False):
        call_command("publish_scheduled", verbosity=0)
    return Course.objects.get()


def test_course_is_public_from_its_moment_until_its_end(client, department):
    said = _publish(client, department, schedule__go_live_at=GO, schedule__expire_at=END)

    assert "「はじめての会計」は12月1日（火）9:00に公開されます。" in said.content.decode()
    assert not Course.objects.get().is_public
    assert not _worker_at(NOT_YET).is_public
    public = _worker_at(LIVE)
    assert public.is_public
    assert client.get(public.get_absolute_url()).status_code == 200
    over = _worker_at(OVER)
    assert (over.is_public, over.withdrawn_at is None) == (False, False)
    assert client.get(over.get_absolute_url()).status_code == 404


def test_list_and_course_say_when_it_goes_live(client, department):
    _publish(client, department, schedule__go_live_at=GO)

    for address in ("/manage/courses/", _page(client, "manage_course")):
        assert "12月1日（火）9:00に公開予定" in client.get(address).content.decode()


def test_draft_keeps_its_dates_without_being_scheduled(client, department):
    client.post(NEW, course_data(department, schedule__go_live_at=GO))
    course = Course.objects.get()

    assert CoursePage.objects.get().scheduled_revision is None
    shown = client.get(reverse("manage_course_edit", args=[course.pk]))
    assert 'value="2026-12-01T09:00"' in shown.content.decode()
    assert not _worker_at(LIVE).is_public


@pytest.mark.parametrize(
    ("go", "end", "field", "sentence"),
    [
        ("2026-11-20T09:00", "", "go_live_at", "公開する日時が過去になっています。"),
        ("", "2026-11-20T09:00", "expire_at", "公開を終える日時が過去になっています。"),
        (END, GO, "expire_at", "公開する日時より後にしてください。"),
        (GO, GO, "expire_at", "公開する日時より後にしてください。"),
    ],
)
def test_impossible_dates_are_named_at_their_field(
    client, department, go, end, field, sentence
):
    response = _publish(
        client, department, schedule__go_live_at=go, schedule__expire_at=end
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert list(response.context["schedule"].errors) == [field]
    assert 'value="はじめての会計"' in response.content.decode()
    assert Course.objects.count() == 0


def test_schedule_is_cancelled_and_the_draft_stays(client, department):
    _publish(client, department, schedule__go_live_at=GO)

    said = client.post(_page(client, "manage_course_unschedule"), follow=True)

    assert "公開の予約を取り消しました。" in said.content.decode()
    assert not _worker_at(LIVE).is_public
    assert CoursePage.objects.get().get_latest_revision_as_object().go_live_at is None


def test_newer_draft_takes_the_place_of_what_was_scheduled(client, department):
    _publish(client, department, schedule__go_live_at=GO)
    course = Course.objects.get()
    session = course.runs.get().sessions.get()
    data = course_data(department, run__capacity_general="20", step="publish")
    data |= {"sessions-0-pk": str(session.pk), "sessions-INITIAL_FORMS": "1"}
    data |= {"prose-intro": "新しい一文", "schedule-go_live_at": GO}

    edit = reverse("manage_course_edit", args=[course.pk])
    assert client.post(edit, data | as_shown_now()).status_code == 302

    _worker_at(LIVE)
    assert CoursePage.objects.get().intro == "新しい一文"


def test_publish_page_sets_and_changes_the_moment(client, department):
    client.post(NEW, course_data(department))
    address = _page(client, "manage_course_schedule")

    assert client.post(address, {"schedule-go_live_at": ""}).status_code == 422
    client.post(address, {"schedule-go_live_at": GO})
    assert "12月1日（火）9:00に公開する予約" in client.get(address).content.decode()
    client.post(address, {"schedule-go_live_at": "2026-12-02T09:00"})

    assert not _worker_at(LIVE).is_public


def test_live_page_gets_an_end_without_publishing_its_draft(client, department):
    course = CourseFactory(department=department, published_at=None)
    page = publish_page(course, intro="いまの一文")
    page.intro = "まだの一文"
    page.save_revision()

    client.post(_page(client, "manage_course_schedule"), {"schedule-expire_at": END})

    live = CoursePage.objects.get()
    assert (live.intro, live.has_unpublished_changes) == ("いまの一文", True)
    assert live.get_latest_revision_as_object().intro == "まだの一文"
    assert not _worker_at(OVER).is_public


def test_other_sections_do_not_schedule(client, officer):
    course = CourseFactory(published_at=None)
    publish_page(course)

    for name in ("manage_course_schedule", "manage_course_unschedule"):
        address = reverse(name, args=[course.pk])
        assert client.post(address, {"schedule-expire_at": END}).status_code == 403
