"""Capacity never falls below the seats already given; more places move the list up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.change_words import pool_words
from courses.domain.changes import record_difference
from courses.domain.locking import lock_run
from courses.models import SeatPool
from enrollments.domain.drawing.frozen_lists import require_capacity_kept
from enrollments.domain.waiting_list import promote_next


class SeatsAlreadyGiven(Refusal):
    sentence = _("すでに決まっている人数より定員を小さくすることはできません。")


def change_capacity(
    *, pool: SeatPool, capacity: int | None, by: User, at: datetime
) -> SeatPool:
    """Set a pool's places (none: no number) and give new ones to those who wait.

    Raises: NotAllowed, SeatsAlreadyGiven, CapacityIsFrozen.
    """
    with transaction.atomic():
        run = lock_run(pool.run_id)
        require_section(by, run.course.department)
        fresh = SeatPool.objects.get(pk=pool.pk)
        fresh.run = run
        if capacity is not None and capacity < fresh.seats_taken:
            raise SeatsAlreadyGiven
        if capacity is not None and (fresh.capacity is None or capacity < fresh.capacity):
            require_capacity_kept(run)
        if fresh.capacity != capacity:
            _set(fresh, capacity, by, at)
            promote_next(pool=fresh, by=by, at=at)
    return SeatPool.objects.get(pk=pool.pk)


def add_places(*, pool: SeatPool, number: int, by: User, at: datetime) -> None:
    """For people who stand at the door: the waiting list is not asked first.

    Raises: NotAllowed.
    """
    with transaction.atomic():
        run = lock_run(pool.run_id)
        require_section(by, run.course.department)
        fresh = SeatPool.objects.get(pk=pool.pk)
        fresh.run = run
        if fresh.capacity is not None:
            _set(fresh, fresh.capacity + number, by, at)


def give_places(
    *, giver: SeatPool, taker: SeatPool, number: int, by: User | None, at: datetime
) -> None:
    """From one pool of a run to another, whose waiting list then moves up. The caller
    holds the run's lock and read the pools under it.

    Raises: SeatsAlreadyGiven, CapacityIsFrozen.
    """
    if giver.capacity is None or taker.capacity is None or giver.seats_left is None:
        return
    if number > giver.seats_left:
        raise SeatsAlreadyGiven
    require_capacity_kept(giver.run)
    _set(giver, giver.capacity - number, by, at)
    _set(taker, taker.capacity + number, by, at)
    promote_next(pool=taker, by=by, at=at)


def _set(pool: SeatPool, capacity: int | None, by: User | None, at: datetime) -> None:
    before = pool_words(pool)
    SeatPool.objects.filter(pk=pool.pk).update(capacity=capacity)
    pool.capacity = capacity
    after = pool_words(pool)
    record_difference(subject=pool.run, before=before, after=after, by=by, at=at)
