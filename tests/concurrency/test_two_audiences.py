"""Nominations, own applications and swapped places at one moment; each guard is also shown
to be needed."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from courses.enums import PoolKind
from courses.models import SwapRule, WayIn
from enrollments.domain import swapping
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.nominating import (
    Nominee,
    NomineeApplied,
    NotEnoughPlaces,
    nominate,
)
from enrollments.domain.refusals import AlreadyApplied
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.domain.swapping import swap_due
from enrollments.models import Application, Nomination
from tests.concurrency.conftest import PLACES
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.factories import SeatPoolFactory, StaffProfileFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
NAME = PersonName("佐藤", "太郎", "サトウ", "タロウ")


@pytest.fixture
def staff_pool(run, pool):
    type(pool).objects.filter(pk=pool.pk).update(kind=PoolKind.CITIZENS)
    WayIn.objects.create(run=run, kind=PoolKind.STAFF, takes_nominations=True)
    return SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=6)


def _nominated(run, section, by, now, number):
    people = [Nominee(NAME, f"n{number}-{one}@example.jp") for one in range(2)]
    names = ("タロウ", "ジロウ")
    people = [
        Nominee(PersonName("佐藤", kana, "サトウ", kana), one.email)
        for one, kana in zip(people, names, strict=True)
    ]
    return partial(
        nominate,
        run=run,
        department=section,
        people=people,
        form_key=uuid4(),
        by=by,
        at=now,
    )


def test_nominations_and_own_applications_at_once_never_oversell(run, staff_pool, now):
    profiles = [StaffProfileFactory() for _ in range(8)]
    calls = [
        _nominated(run, one.department, one.user, now, number)
        for number, one in enumerate(profiles)
    ]
    calls += [
        partial(
            apply_for_seat,
            run=run,
            request=SeatRequest(applicant=NAME, email=f"own{number}@example.jp"),
            by=one.user,
            at=now,
            pool_kind=PoolKind.STAFF,
        )
        for number, one in enumerate(profiles[:4])
    ]

    answers = Counter(type(answer) for answer in together(calls))

    assert answers.keys() <= {list, Application, NotEnoughPlaces}
    assert answers[Application] == 4
    staff_pool.refresh_from_db()
    assert staff_pool.seats_taken <= 6
    assert Nomination.objects.count() == 2 * answers[list]
    assert differences() == []


def test_named_and_applying_at_one_moment_somebody_has_one_place(run, staff_pool, now):
    """With the address at work and the private one, as staff and as a citizen."""
    own = StaffProfileFactory(staff_number="00123")
    user = own.user
    user.last_name_kana, user.first_name_kana = "サトウ", "タロウ"
    user.save()
    named = partial(
        nominate,
        run=run,
        department=own.department,
        people=[Nominee(NAME, "work@example.jp", "00123")],
        by=StaffProfileFactory(department=own.department).user,
        at=now,
    )

    def applying(kind):
        own = SeatRequest(applicant=NAME, email="own@example.jp")
        return partial(
            apply_for_seat, run=run, request=own, by=user, at=now, pool_kind=kind
        )

    answers = together(
        [
            partial(named, form_key=uuid4()),
            applying(PoolKind.STAFF),
            applying(PoolKind.CITIZENS),
        ]
    )

    refused = [one for one in answers if not isinstance(one, Application | list)]
    assert [type(one) for one in refused] in (
        [NomineeApplied, AlreadyApplied],
        [AlreadyApplied, AlreadyApplied],
    )
    assert Application.objects.count() == 1
    assert sum(run.pools.values_list("seats_taken", flat=True)) == 1
    assert differences() == []


@pytest.fixture
def rule(run, staff_pool, now):
    return SwapRule.objects.create(run=run, giver="staff", taker="citizens", at=now)


def _assert_swapped_once(run):
    capacities = dict(run.pools.values_list("kind", "capacity"))
    assert sum(capacities.values()) == PLACES + 6
    assert capacities["citizens"] > PLACES
    assert differences() == []


def test_swap_by_several_workers_while_people_apply_is_done_once(run, rule, now):
    staff = [StaffProfileFactory().user for _ in range(4)]
    calls = [partial(swap_due, at=now) for _ in range(4)]
    calls += [
        partial(
            apply_for_seat,
            run=run,
            request=SeatRequest(applicant=NAME, email=f"own{number}@example.jp"),
            by=one,
            at=now,
            pool_kind=PoolKind.STAFF,
        )
        for number, one in enumerate(staff)
    ]

    answers = together(calls)

    assert sorted(answers[:4]) == [0, 0, 0, 1]
    assert all(isinstance(one, Application) for one in answers[4:])
    _assert_swapped_once(run)


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and every worker counts before any of them moves places."""
    counted = threading.Barrier(4)
    honest = swapping.gifts_of

    def count_then_wait(rule):
        found = honest(rule)
        with suppress(threading.BrokenBarrierError):
            counted.wait(2)
        return found

    def read_only(key):
        return swapping.CourseRun.objects.select_related("course__department").get(pk=key)

    monkeypatch.setattr(swapping, "gifts_of", count_then_wait)
    monkeypatch.setattr(swapping, "lock_run", read_only)
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_the_swap_is_not_done_once(run, rule, now):
    answers = together([partial(swap_due, at=now) for _ in range(4)])

    # More than one believes to have done it, or the database stops somebody.
    assert answers.count(1) > 1 or any(isinstance(one, Exception) for one in answers)
