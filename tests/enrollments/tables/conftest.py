"""A joint session: nine citizens, six of the staff of three sections, one evening."""

from datetime import timedelta

import pytest

from courses.enums import PoolKind
from courses.models import CourseRun, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.domain.tables.making import make_plan
from enrollments.enums import Channel
from enrollments.models import Application, TablePlan
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
)

SEED = "a1b2"


@pytest.fixture
def joint_run(department, now) -> CourseRun:
    course = CourseFactory(title="合同", department=department, kind="joint_session")
    run = CourseRunFactory(course=course)
    SeatPoolFactory(run=run, kind="citizens", capacity=20)
    SeatPoolFactory(run=run, kind="staff", capacity=20)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=14))
    return run


@pytest.fixture
def evening(joint_run) -> Session:
    return joint_run.sessions.get()


def comes(run, name, *, at, section=None, group="", people=()):
    """An accepted application; staff by their section, citizens by their group."""
    application = apply_for_seat(
        run=run,
        request=SeatRequest(
            applicant=PersonName("山田", name, "ヤマダ", name),
            companions=people,
            email=f"{ord(name)}@example.jp",
            channel=Channel.PHONE,
            department=section.pk if section else None,
        ),
        pool_kind=PoolKind.STAFF if section else PoolKind.CITIZENS,
        by=None,
        at=at,
    )
    Application.objects.filter(pk=application.pk).update(group_name=group)
    return application.participants.get(position=1)


@pytest.fixture
def everybody(joint_run, now):
    sections = [DepartmentFactory() for _number in range(3)]
    names = iter("アイウエオカキクケコサシスセソ")
    for section in sections:
        for _staff in range(2):
            comes(joint_run, next(names), section=section, at=now)
    for group in ("川の会", "川の会", "森の会", "森の会", "森の会", "", "", "", ""):
        comes(joint_run, next(names), group=group, at=now)
    return joint_run


@pytest.fixture
def plan(everybody, evening, officer, now) -> TablePlan:
    return make_plan(session=evening, tables=3, seed=SEED, by=officer, at=now)
