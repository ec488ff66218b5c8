import pytest
from django.contrib.auth.models import Group

from cms.permissions import EXPORTERS, SUPPORTERS, set_up_roles
from enrollments.domain.applying import apply_for_seat
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)


@pytest.fixture
def section(site):
    return DepartmentFactory(code="bosai", name="防災課")


@pytest.fixture
def officer(client, section):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=section).user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def may():
    """Give a permission that goes beside the role."""

    def give(user, group):
        user.groups.add(Group.objects.get(name=group))
        return type(user).objects.get(pk=user.pk)

    give.sensitive, give.support = EXPORTERS, SUPPORTERS
    return give


@pytest.fixture
def run(section, now):
    """Two have a place, one with a companion."""
    run = CourseRunFactory(
        code="2026-0001",
        course=CourseFactory(department=section, title="はじめての防災"),
        max_participants=3,
    )
    SeatPoolFactory(run=run, capacity=20)
    SessionFactory(run=run, number=1)
    hanako = request_by(
        HANAKO,
        companions=(TARO,),
        phone="0422-60-1111",
        postal_code="1800001",
        address="北町1-2-3",
        staff_note="階段が苦手",
    )
    apply_for_seat(run=run, request=hanako, by=None, at=now)
    return run
