"""Several officers issue certificates at once, and one is issued again meanwhile."""

from functools import partial

import pytest

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import record_completion
from enrollments.domain.finishing.audit import register_differences
from enrollments.domain.finishing.register import issue_certificates, reissue_certificate
from enrollments.models import Certificate
from tests.concurrency.together import together
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
RUNS = 6


@pytest.fixture
def officer():
    return StaffProfileFactory(department=DepartmentFactory()).user


@pytest.fixture
def runs(officer, now) -> list[CourseRun]:
    """In each two people completed."""
    found = []
    for _ in range(RUNS):
        course = CourseFactory(department=officer.staff_profile.department)
        run = CourseRunFactory(course=course)
        SeatPoolFactory(run=run)
        SessionFactory(run=run, number=1)
        people = [
            apply_for_seat(run=run, request=request_by(person), by=None, at=now)
            .participants.get()
            .pk
            for person in (HANAKO, TARO)
        ]
        record_completion(run=run, participants=people, by=officer, at=now)
        found.append(run)
    return found


def test_numbers_have_no_gap_and_no_double(runs, officer, now):
    calls = [partial(issue_certificates, run=run, by=officer, at=now) for run in runs]
    answers = together([*calls, *calls])

    issued = [one for answer in answers if isinstance(answer, list) for one in answer]
    assert sorted(one.serial for one in issued) == list(range(1, 2 * RUNS + 1))
    assert Certificate.objects.count() == 2 * RUNS
    assert register_differences() == []


def test_certificate_is_replaced_once(runs, officer, now):
    (old, _other) = issue_certificates(run=runs[0], by=officer, at=now)
    again = partial(reissue_certificate, certificate=old, why="紛失", by=officer, at=now)
    answers = together([again] * 4)

    assert sum(isinstance(answer, Certificate) for answer in answers) == 1
    assert Certificate.objects.count() == 3
    assert register_differences() == []
