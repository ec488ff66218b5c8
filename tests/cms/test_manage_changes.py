"""変更の記録: facts and page versions in one list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cms.models import CoursePage
from cms.permissions import set_up_roles
from courses.domain.sessions import cancel_session, reinstate_session
from courses.models import Course
from tests.factories import NOON, StaffProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(offer) -> Course:
    return offer("防災").course


@pytest.fixture
def officer(course) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=course.department).user
    user.last_name, user.first_name = "青木", "京子"
    user.save()
    user.groups.add(officers)
    return user


def _cancel_and_back(course: Course, by: User) -> None:
    session = course.runs.get().sessions.get()
    cancel_session(session=session, reason="大雪", by=by, at=NOON)
    reinstate_session(session=session, by=by, at=NOON)


def test_change_says_who_what_and_from_what_to_what(client, course, officer):
    _cancel_and_back(course, officer)
    client.force_login(officer)
    address = reverse("manage_run_changes", args=[course.runs.get().code])
    text = client.get(address).content.decode()

    assert "青木 京子" in text
    assert "第1回 12月5日（土）12:00〜14:00" in text
    assert "<del>予定</del> <ins>中止</ins>" in text
    assert text.index("中止・延期の取り消し") < text.index("大雪")


def test_page_versions_stand_among_the_changes_with_a_comparison(client, course, officer):
    page = CoursePage.objects.get()
    first = page.latest_revision_id
    page.intro = "新しい一文"
    second = page.save_revision(user=officer, log_action=True)
    client.force_login(officer)
    text = client.get(reverse("manage_course_changes", args=[course.pk])).content.decode()
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, first, second.pk]
    )

    assert "ページの文章を保存" in text
    assert compare in text
    assert client.get(compare).status_code == 200


def test_changes_are_paged(client, course, officer):
    for _each in range(20):
        _cancel_and_back(course, officer)
    client.force_login(officer)
    address = reverse("manage_course_changes", args=[course.pk])
    pages = [client.get(f"{address}?p={number}").context for number in (1, 2, 999)]

    shown = [len(context["entries"]) for context in pages]
    # 40 records, and the page's own publication with the course's.
    assert shown[0] == 30
    assert shown[1] == shown[2] == pages[0]["page_obj"].paginator.count - 30


def test_queries_do_not_grow_with_the_changes(client, course, officer):
    client.force_login(officer)
    address = reverse("manage_course_changes", args=[course.pk])
    page = CoursePage.objects.get()
    counts = []
    for number in (1, 2):
        for _each in range(number):
            _cancel_and_back(course, officer)
            page.save_revision(user=officer, log_action=True)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_empty_record_says_so(client, course, officer):
    client.force_login(officer)
    address = reverse("manage_run_changes", args=[course.runs.get().code])

    assert "変更の記録はまだありません。" in client.get(address).content.decode()
