"""The waiting list moves up strictly in order of receipt, whenever seats come free.

A party is never split and nobody is passed over: if the first in line is a
party that does not fit yet, the seats wait for it.
"""

from datetime import datetime

from accounts.models import User
from courses.domain.reception import facts_of
from courses.enums import RunState
from courses.models import CourseRun, SeatPool
from enrollments.domain.drawing.freezing import promotes_by_draw
from enrollments.domain.moving import move
from enrollments.enums import ApplicationState as State
from enrollments.models import Application


def promote_next(*, pool: SeatPool, by: User | None, at: datetime) -> list[Application]:
    """Give free seats to those who wait; the caller holds the run's lock.

    Returns the applications that were moved up, in order.
    """
    run = CourseRun.objects.get(pk=pool.run_id)
    if promotes_by_draw(run):
        return []
    facts = facts_of(run)
    if facts.state != RunState.ANNOUNCED or (facts.ends_at and facts.ends_at <= at):
        return []
    promoted: list[Application] = []
    left = SeatPool.objects.get(pk=pool.pk).seats_left
    waiting = Application.objects.waiting_in(pool)
    for application in waiting.select_related("run__course", "pool"):
        if left is not None and application.seats > left:
            break
        why = "空いた席をキャンセル待ちの順にご案内"
        move(application=application, to=State.OFFERED, by=by, at=at, why=why)
        move(application=application, to=State.ACCEPTED, by=by, at=at, why=why)
        left = None if left is None else left - application.seats
        promoted.append(application)
    return promoted


def position_of(application: Application) -> int | None:
    """1 for the next in line; none when not waiting."""
    if application.state != State.WAITING:
        return None
    of_run = Application.objects.filter(run=application.run_id, pool=application.pool_id)
    return of_run.waiting().in_front_of(application).count() + 1
