"""Several officers issue certificates at once, and one is issued again meanwhile."""

import contextlib
import threading
from collections.abc import Sequence
from functools import partial

import pytest

from courses.domain.fiscal_year import fiscal_year_of
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import record_completion
from enrollments.domain.finishing import entries
from enrollments.domain.finishing.audit import register_differences
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.refusals import AlreadyRevoked
from enrollments.domain.finishing.register import issue_certificates
from enrollments.models import Certificate, CertificateRegister
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
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


def _assert_numbered(answers: list, runs: int) -> None:
    """Everybody who completed has a number, in one row from the first."""
    issued = [one for answer in answers if isinstance(answer, list) for one in answer]
    assert sorted(one.serial for one in issued) == list(range(1, 2 * runs + 1))
    assert Certificate.objects.count() == 2 * runs
    assert register_differences() == []


def test_numbers_have_no_gap_and_no_double(runs, officer, now):
    calls = [partial(issue_certificates, run=run, by=officer, at=now) for run in runs]
    _assert_numbered(together([*calls, *calls]), RUNS)


@pytest.fixture
def _without_the_lock(monkeypatch):
    """Nobody holds the row of the year, and both look before one writes."""
    looked = threading.Barrier(2)

    def take_unlocked(fiscal_year: int, count: int) -> Sequence[int]:
        register = CertificateRegister.objects.get(fiscal_year=fiscal_year)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(1)
        first = register.last_serial + 1
        register.last_serial += count
        register.save()
        return range(first, first + count)

    monkeypatch.setattr(entries, "take_numbers", take_unlocked)
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_a_number_is_given_twice(runs, officer, now):
    """The second is refused (PostgreSQL), or cannot write (SQLite): no certificates."""
    CertificateRegister.objects.create(fiscal_year=fiscal_year_of(now.date()))
    calls = [partial(issue_certificates, run=run, by=officer, at=now) for run in runs[:2]]
    answers = together(calls)

    with pytest.raises(AssertionError):
        _assert_numbered(answers, 2)


def test_reissues_revocations_and_issues_at_once_leave_no_gap(runs, officer, now):
    issued = [
        one for run in runs[:3] for one in issue_certificates(run=run, by=officer, at=now)
    ]
    end = {"why": "紛失", "by": officer, "at": now}
    answers = together(
        [
            *(partial(reissue_certificate, certificate=one, **end) for one in issued[:4]),
            *(partial(revoke_certificate, certificate=one, **end) for one in issued[3:]),
            *(partial(issue_certificates, run=run, by=officer, at=now) for run in runs[3:]),
        ]
    )

    refused = [type(one) for one in answers if isinstance(one, Exception)]
    assert refused == [AlreadyRevoked]
    assert register_differences() == []
    serials = Certificate.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, len(serials) + 1))
    assert len(serials) in (15, 16)


def test_certificate_is_replaced_once(runs, officer, now):
    (old, _other) = issue_certificates(run=runs[0], by=officer, at=now)
    again = partial(reissue_certificate, certificate=old, why="紛失", by=officer, at=now)
    answers = together([again] * 4)

    assert sum(isinstance(answer, Certificate) for answer in answers) == 1
    assert Certificate.objects.count() == 3
    assert register_differences() == []
