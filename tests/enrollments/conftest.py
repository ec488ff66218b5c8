"""A run with two places, and people who want them."""

import pytest

from accounts.models import Department, User
from courses.models import CourseRun, SeatPool
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)


@pytest.fixture
def department(db: None) -> Department:
    return DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")


@pytest.fixture
def run(department: Department) -> CourseRun:
    """Two places, first come, one session in a fortnight."""
    run = CourseRunFactory(course=CourseFactory(title="防災入門", department=department))
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1)
    return run


@pytest.fixture
def pool(run: CourseRun) -> SeatPool:
    return run.pools.get()


@pytest.fixture
def officer(department: Department) -> User:
    return StaffProfileFactory(department=department).user


@pytest.fixture
def hanako(db: None) -> User:
    return UserFactory(email="hanako@example.jp")
