"""Whenever seats come free, the next in line are offered them, in order; where the run
says so, an officer holds a re-draw instead and nobody moves up by themselves.

A party is never split and nobody is passed over in silence: if the first in line is a
party that does not fit yet, the seats wait for it, unless an officer lets the line pass
it with a reason (`line`). It keeps its place and gets the next seats that are enough.
"""

from datetime import datetime

from accounts.models import User
from courses.domain.reception import facts_of
from courses.enums import RunState, WaitingPolicy
from courses.models import CourseRun, SeatPool
from enrollments.domain.drawing.frozen_lists import promotes_by_draw
from enrollments.domain.offers import (
    VACANT,
    held_sessions_of,
    offer_seats,
    settle_overdue,
)
from enrollments.enums import ApplicationState as State
from enrollments.enums import LineAct
from enrollments.models import Application, LineRecord


def promote_next(*, pool: SeatPool, by: User | None, at: datetime) -> list[Application]:
    """Give free seats to those who wait, after those of overdue offers have come back;
    the caller holds the run's lock.

    Returns the applications that were moved up, in order: offered, or accepted where
    no time is left to ask.
    """
    runs = CourseRun.objects.select_related("course__department")
    run = runs.prefetch_related("sessions__venue", "sessions__room").get(pk=pool.run_id)
    settle_overdue(run=run, pool=pool, at=at)
    if promotes_by_draw(run) or not _moves(run, pool, at):
        return []
    promoted = _who_fits(run, pool)
    offer_seats(reasons=dict.fromkeys(promoted, VACANT), by=by, at=at)
    return promoted


def _who_fits(run: CourseRun, pool: SeatPool) -> list[Application]:
    """Whom the seats that are free now are enough for."""
    found: list[Application] = []
    fresh = SeatPool.objects.get(pk=pool.pk)
    fresh.run, left = run, fresh.seats_left
    passed_over = _passed_over(pool)
    for application in _next_in_line(pool, left, len(passed_over)):
        if left is not None and application.seats > left:
            if application.pk in passed_over:
                continue
            break
        application.run, application.pool = run, fresh
        left = None if left is None else left - application.seats
        found.append(application)
    return found


def _moves(run: CourseRun, pool: SeatPool, at: datetime) -> bool:
    """Whether a place is still worth having: the run is on, and something is to come."""
    if facts_of(run).state != RunState.ANNOUNCED:
        return False
    held = held_sessions_of(pool)
    if pool.session_id is None and not held.exists():
        return True
    return held.filter(ends_at__gt=at).exists()


def _next_in_line(pool: SeatPool, left: int | None, passed_over: int) -> list[Application]:
    """Only those whom the seats can reach: each takes one at least, or is passed over.
    Behind them thousands may wait."""
    waiting = Application.objects.waiting_in(pool)
    reached = None if left is None else left + passed_over if left > 0 else 0
    return list(waiting[:reached])


def _passed_over(pool: SeatPool) -> set[int]:
    """Parties that an officer has let the line pass as long as they do not fit."""
    records = LineRecord.objects.filter(
        act=LineAct.SKIPPED, application__pool=pool, application__state=State.WAITING
    )
    return set(records.values_list("application_id", flat=True))


def needs_redraw(pool: SeatPool, *, at: datetime) -> bool:
    """A seat is free, somebody waits, and the run says that a draw decides."""
    if pool.run.waiting_policy != WaitingPolicy.REDRAW:
        return False
    free = pool.seats_left is None or pool.seats_left > 0
    waits = Application.objects.waiting_in(pool).exists()
    return free and waits and _moves(pool.run, pool, at)


def position_of(application: Application) -> int | None:
    """1 for the next in line; none when not waiting, or when a draw decides."""
    by_order = application.run.waiting_policy == WaitingPolicy.ORDER
    if application.state != State.WAITING or not by_order:
        return None
    of_run = Application.objects.filter(run=application.run_id, pool=application.pool_id)
    return of_run.waiting().in_front_of(application).count() + 1
