"""On the day: whoever has come without a seat gets the best free one, and once an officer
asks for it as few people as possible move to fill what no-shows left."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.models import Session
from enrollments.domain.tables.adjusting import best_seat, rebalanced
from enrollments.domain.tables.refusals import SizesAreEven
from enrollments.domain.tables.standing import (
    Standing,
    keep_marks,
    lock_plan,
    plan_of,
    standing_of,
    staying_away,
)
from enrollments.enums import TableAct
from enrollments.models import TableMove, TablePlan, TableSeat


def seat_those_without(
    *,
    session: Session,
    by: User | None,
    at: datetime,
    only: Collection[int] | None = None,
) -> int:
    """How many got a seat; `only` names participants, else all who take part. Under the
    run's lock, by whoever may write attendance. Nothing where there is no plan."""
    if only is not None and not only:
        return 0
    plan = plan_of(session)
    if plan is None:
        return 0
    now = standing_of(plan)
    wanted = now.unseated if only is None else [key for key in now.unseated if key in only]
    if not wanted:
        return 0
    rows = dict(plan.tables.values_list("number", "pk"))
    gone = staying_away(plan)
    seating = {key: table for key, table in now.seating.items() if key not in gone}
    for key in wanted:
        table = best_seat(
            now.people[key],
            among=now.people_at(seating),
            seating=seating,
            tables=now.tables,
        )
        seating[key] = table
        TableSeat.objects.create(plan=plan, participant_id=key, table_id=rows[table])
        _trace(plan, TableAct.CAME_LATE, key, None, table, by, at)
    keep_marks(plan)
    return len(wanted)


def seat_the_rest(*, plan: TablePlan, by: User, at: datetime) -> int:
    """Whoever got a place after the plan was made. Raises: NotAllowed."""
    with transaction.atomic():
        locked = lock_plan(plan)
        require_section(by, locked.session.run.course.department)
        return seat_those_without(session=locked.session, by=by, at=at)


def moves_after_no_shows(now: Standing) -> dict[int, tuple[int, int]]:
    """Who would move from where to where, without those who stay away."""
    gone = staying_away(now.plan)
    seating = {key: table for key, table in now.seating.items() if key not in gone}
    then = rebalanced(
        now.people_at(seating), seating=seating, tables=now.tables, locks=now.locks
    )
    return {
        key: (seating[key], table) for key, table in then.items() if table != seating[key]
    }


def rebalance(*, plan: TablePlan, by: User, at: datetime) -> int:
    """How many moved. Raises: NotAllowed, SizesAreEven."""
    with transaction.atomic():
        locked = lock_plan(plan)
        require_section(by, locked.session.run.course.department)
        now = standing_of(locked)
        moves = moves_after_no_shows(now)
        if not moves:
            raise SizesAreEven
        rows = dict(locked.tables.values_list("number", "pk"))
        for key, (here, there) in moves.items():
            locked.seats.filter(participant=key).update(table=rows[there])
            _trace(locked, TableAct.REBALANCED, key, here, there, by, at)
        keep_marks(locked)
    return len(moves)


def _trace(
    plan: TablePlan,
    act: TableAct,
    participant: int,
    here: int | None,
    there: int,
    by: User | None,
    at: datetime,
) -> None:
    TableMove.objects.create(
        plan=plan,
        act=act,
        participant_id=participant,
        from_number=here,
        to_number=there,
        at=at,
        by=by,
    )
