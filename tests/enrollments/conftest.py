"""A run with two places, and people who want them."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Department, User
from courses.models import CourseRun, SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.delivery import deliver_due
from enrollments.models import Application
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


@pytest.fixture
def second_session(run: CourseRun, now: datetime) -> Session:
    return SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))


@pytest.fixture
def mailed_place(run: CourseRun, hanako: User, now: datetime) -> Application:
    """Hanako has a place and got the mail about it."""
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True)
    request = request_by(HANAKO, email=hanako.email)
    application = apply_for_seat(run=run, request=request, by=hanako, at=now)
    deliver_due(at=now)
    return application
