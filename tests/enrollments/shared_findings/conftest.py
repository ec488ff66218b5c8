"""A joint session that is over, with a citizen and somebody of the staff."""

from datetime import timedelta

import pytest

from accounts.models import User
from courses.models import CourseRun, Session
from enrollments.domain.shared_findings.authors import citizen_author, staff_author
from enrollments.domain.shared_findings.citizens import name_citizen
from enrollments.domain.shared_findings.content import Content, Step
from enrollments.domain.shared_findings.writing import begin_findings
from enrollments.models import Application, Participant, SharedFindings
from tests.enrollments.tables.conftest import comes
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)

SAID = Content(
    learned=("鍵は二本ある",),
    agreed=("担当が決まっていない",),
    steps=(Step("担当を決める", "防災課", "3月まで"),),
)
MORE = Content(
    learned=("鍵は二本ある",),
    agreed=("担当が決まっていない", "道具の表がない"),
    steps=SAID.steps,
)


@pytest.fixture
def joint_run(department, now) -> CourseRun:
    course = CourseFactory(title="合同", department=department, kind="joint_session")
    run = CourseRunFactory(course=course)
    SeatPoolFactory(run=run, kind="citizens", capacity=20)
    SeatPoolFactory(run=run, kind="staff", capacity=20)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=1))
    return run


@pytest.fixture
def evening(joint_run) -> Session:
    return joint_run.sessions.get()


@pytest.fixture
def afterwards(now):
    return now + timedelta(days=2)


@pytest.fixture
def citizen(joint_run, now) -> Participant:
    person = comes(joint_run, "ア", at=now)
    account = UserFactory(email="own@example.jp")
    Application.objects.filter(pk=person.application_id).update(user=account)
    return Participant.objects.get(pk=person.pk)


@pytest.fixture
def colleague(joint_run, now) -> Participant:
    return comes(joint_run, "イ", section=DepartmentFactory(), at=now)


@pytest.fixture
def account(citizen) -> User:
    return User.objects.get(email="own@example.jp")


@pytest.fixture
def findings(evening, citizen, officer, afterwards) -> SharedFindings:
    found = begin_findings(session=evening, by=officer, at=afterwards)
    return name_citizen(findings=found, participant=citizen.pk, by=officer, at=afterwards)


@pytest.fixture
def staff(findings, officer):
    return staff_author(findings, officer)


@pytest.fixture
def resident(findings):
    return citizen_author(findings)
