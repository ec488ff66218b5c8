import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import (
    require_section,
    require_staff,
    section_of,
    works_for,
    works_here,
)
from tests.factories import DepartmentFactory, StaffProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return DepartmentFactory()


def test_staff_work_for_their_own_section(department):
    officer = StaffProfileFactory(department=department).user

    assert section_of(officer) == department
    assert works_for(officer, department)
    require_section(officer, department)


@pytest.mark.parametrize("who", ["anonymous", "resident", "other", "inactive"])
def test_others_do_not_work_for_the_section(department, who):
    people = {
        "anonymous": AnonymousUser,
        "resident": UserFactory,
        "other": lambda: StaffProfileFactory().user,
        "inactive": lambda: (
            StaffProfileFactory(department=department, user__is_active=False).user
        ),
    }
    user = people[who]()

    assert not works_for(user, department)
    with pytest.raises(NotAllowed):
        require_section(user, department)


def test_administrators_work_for_every_section(department):
    assert works_for(UserFactory(is_superuser=True), department)


def test_staff_of_any_section_and_administrators_work_here(department):
    for user in (
        StaffProfileFactory(department=department).user,
        UserFactory(is_superuser=True),
    ):
        assert works_here(user)
        require_staff(user)


@pytest.mark.parametrize("who", ["anonymous", "resident", "former", "former administrator"])
def test_residents_and_those_who_left_do_not_work_here(department, who):
    people = {
        "anonymous": AnonymousUser,
        "resident": UserFactory,
        "former": lambda: (
            StaffProfileFactory(department=department, user__is_active=False).user
        ),
        "former administrator": lambda: UserFactory(is_superuser=True, is_active=False),
    }
    user = people[who]()

    assert not works_here(user)
    with pytest.raises(NotAllowed):
        require_staff(user)
