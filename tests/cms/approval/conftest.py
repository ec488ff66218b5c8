"""A city that wants approval: its people and a draft."""

from typing import Any

import pytest
from wagtail.models import Site

from accounts.models import User
from cms.course_pages import save_draft
from cms.models import CoursePage, PublishingSettings
from cms.permissions import set_up_roles
from tests.cms.approval.steps import PROSE
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)


@pytest.fixture
def people(site) -> dict[str, User]:
    """Officers and heads of two sections, and an administrator."""
    officers, _administrators = set_up_roles()
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)
    ours, theirs = DepartmentFactory(name="市民活動課"), DepartmentFactory(name="防災課")
    found = {
        "officer": staff_of(ours, "officer", "青木"),
        "head": staff_of(ours, "head", "課長"),
        "stranger": staff_of(theirs, "head", "よその課長"),
        "administrator": UserFactory(is_superuser=True, last_name="管理"),
    }
    for user in found.values():
        user.groups.add(officers)
    return found


def staff_of(department: Any, role: str, name: str) -> User:
    user = UserFactory(last_name=name, first_name="", email=f"{name}@example.jp")
    return StaffProfileFactory(user=user, department=department, role=role).user


@pytest.fixture
def page(people) -> CoursePage:
    """A draft of the first section with an announced run."""
    course = CourseFactory(
        title="はじめての会計",
        slug="kaikei",
        published_at=None,
        department=people["officer"].staff_profile.department,
    )
    SessionFactory(run=CourseRunFactory(course=course), number=1)
    return save_draft(course, course.title, PROSE, by=people["officer"])
