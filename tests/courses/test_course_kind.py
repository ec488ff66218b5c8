"""Once public, a course stays a joint session or stays none."""

import pytest

from accounts.models import User
from courses.domain.course_facts import CourseFacts
from courses.domain.making import KindIsFixed, revise_course
from courses.enums import CourseKind
from courses.models import Course
from tests.factories import CourseFactory, StaffProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return StaffProfileFactory().user


def change_kind(course: Course, kind: CourseKind, *, by: User, at) -> Course:
    facts = CourseFacts(title=course.title, department=course.department, kind=kind)
    return revise_course(course=course, facts=facts, by=by, at=at)


@pytest.mark.parametrize(
    ("before", "after"), [("course", "joint_session"), ("joint_session", "forum")]
)
def test_published_course_neither_becomes_nor_stops_being_a_joint_session(
    officer, now, before, after
):
    course = CourseFactory(kind=before, department=officer.staff_profile.department)

    with pytest.raises(KindIsFixed):
        change_kind(course, CourseKind(after), by=officer, at=now)

    course.refresh_from_db()
    assert course.kind == before


def test_published_course_changes_between_the_other_kinds(officer, now):
    course = CourseFactory(kind="course", department=officer.staff_profile.department)

    assert change_kind(course, CourseKind.FORUM, by=officer, at=now).kind == "forum"


def test_draft_may_become_a_joint_session(officer, now):
    course = CourseFactory(published_at=None, department=officer.staff_profile.department)

    changed = change_kind(course, CourseKind.JOINT_SESSION, by=officer, at=now)

    assert changed.address == f"joint/{course.slug}/"
