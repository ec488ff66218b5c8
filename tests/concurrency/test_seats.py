"""Seats under simultaneous applications; each guard is also shown to be needed."""

import contextlib
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import OperationalError

from courses.models import CourseRun, SeatPool
from enrollments.domain import applying, placing
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.capacity import change_capacity
from enrollments.domain.leaving import withdraw
from enrollments.domain.refusals import AlreadyApplied
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Notification, Transition
from tests.concurrency.conftest import PLACES
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.factories import CourseRunFactory, SeatPoolFactory, UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PEOPLE = 24


def _request(number: int) -> SeatRequest:
    name = PersonName("佐藤", "太郎", "サトウ", "タロウ")
    return SeatRequest(applicant=name, email=f"p{number}@example.jp")


def _crowd(run: CourseRun, now) -> list:
    return [
        partial(apply_for_seat, run=run, request=_request(number), by=None, at=now)
        for number in range(PEOPLE)
    ]


def _assert_sold_right(answers: list, pool: SeatPool) -> None:
    """Everybody has an answer, exactly the places are given, the counter is true."""
    assert [a for a in answers if not isinstance(a, Application)] == []
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {State.ACCEPTED: PLACES, State.WAITING: PEOPLE - PLACES}
    pool.refresh_from_db()
    assert pool.seats_taken == PLACES


def test_crowd_at_once_is_never_oversold_and_always_answered(run, pool, now):
    answers = together(_crowd(run, now))

    _assert_sold_right(answers, pool)
    assert len({a.receipt_number for a in answers}) == PEOPLE
    assert Transition.objects.count() == 2 * PEOPLE
    assert Notification.objects.count() == PEOPLE
    assert differences() == []


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and everybody counts before anybody writes."""
    counted = threading.Barrier(PLACES + 1)
    first_state = placing._first_state

    def count_then_wait(*args):
        state = first_state(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            counted.wait(1)
        return state

    monkeypatch.setattr(placing, "_first_state", count_then_wait)
    monkeypatch.setattr(applying, "hold_run", lambda pk: None)
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_the_crowd_is_not_served(run, pool, now):
    answers = together(_crowd(run, now))

    with pytest.raises(AssertionError):
        _assert_sold_right(answers, pool)


def test_double_click_from_two_tabs_gives_one_receipt(run, now):
    request = _request(1)
    send = partial(apply_for_seat, run=run, request=request, by=None, at=now)

    answers = together([send] * 8)

    assert {a.pk for a in answers} == {Application.objects.get().pk}
    assert Notification.objects.count() == 1


def test_one_person_on_two_devices_gets_one_place(run, pool, now):
    same_person = [
        partial(apply_for_seat, run=run, request=_request(1), by=None, at=now)
        for _ in range(8)
    ]

    kinds = Counter(type(answer) for answer in together(same_person))

    assert kinds == {Application: 1, AlreadyApplied: 7}
    pool.refresh_from_db()
    assert pool.seats_taken == 1


def test_applications_withdrawals_and_capacity_changes_at_once(run, pool, now):
    officer = UserFactory()
    seated = [
        apply_for_seat(run=run, request=_request(100 + n), by=None, at=now)
        for n in range(PLACES)
    ]
    calls = [
        *_crowd(run, now)[:10],
        *(partial(withdraw, application=a, by=None, at=now) for a in seated[:3]),
        partial(change_capacity, pool=pool, capacity=PLACES + 2, by=officer, at=now),
        partial(change_capacity, pool=pool, capacity=PLACES + 1, by=officer, at=now),
    ]

    answers = together(calls)

    assert [a for a in answers if isinstance(a, OperationalError)] == []
    assert differences() == []
    pool.refresh_from_db()
    assert pool.seats_taken <= pool.capacity
    assert pool.seats_left == 0


def test_runs_do_not_lock_each_other_and_numbers_stay_unique(run, pool, now):
    runs = [CourseRunFactory() for _ in range(8)]
    for other in runs:
        SeatPoolFactory(run=other, capacity=1)

    answers = together(
        [
            partial(apply_for_seat, run=other, request=_request(1), by=None, at=now)
            for other in runs
        ]
    )

    ties = sorted(a.tie for a in answers)
    assert ties == list(range(1, 9))
