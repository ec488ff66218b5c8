"""A plan is made for everybody who takes part in a session; made again it keeps the
locked seats, the facilitators and its trace."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import RunQuestion, Session
from enrollments.domain.roster import roster_of
from enrollments.domain.tables.plan import plan_tables
from enrollments.domain.tables.refusals import (
    LockedSeatsThere,
    NobodyToSeat,
    TooManyTables,
)
from enrollments.domain.tables.seated import people_to_seat
from enrollments.domain.tables.standing import keep_marks
from enrollments.enums import TableAct
from enrollments.models import SeatingTable, TableMove, TablePlan, TableSeat


def make_plan(
    *,
    session: Session,
    tables: int,
    seed: str,
    by: User,
    at: datetime,
    question: RunQuestion | None = None,
) -> TablePlan:
    """Raises: NotAllowed, NobodyToSeat, TooManyTables, LockedSeatsThere."""
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        participants = roster_of(session)
        if not participants:
            raise NobodyToSeat
        if not 1 <= tables <= len(participants):
            raise TooManyTables
        plan, _new = TablePlan.objects.update_or_create(
            session=session,
            defaults={"seed": seed, "question": question, "made_at": at, "made_by": by},
        )
        mine = {one.pk for one in participants}
        locks = _locks(plan, mine)
        if any(number > tables for number in locks.values()):
            raise LockedSeatsThere
        people = people_to_seat(participants, session=session, question=question)
        seating = plan_tables(people, tables=tables, seed=seed, locks=locks)
        _set(plan, seating, tables, locks)
        TableMove.objects.create(
            plan=plan, act=TableAct.MADE, people=len(seating), at=at, by=by
        )
        keep_marks(plan)
    return plan


def _locks(plan: TablePlan, mine: set[int]) -> dict[int, int]:
    seats = plan.seats.filter(is_locked=True, participant__in=mine)
    return dict(seats.values_list("participant", "table__number"))


def _set(
    plan: TablePlan, seating: dict[int, int], tables: int, locks: dict[int, int]
) -> None:
    plan.seats.all().delete()
    plan.tables.filter(number__gt=tables).delete()
    there = set(plan.tables.values_list("number", flat=True))
    SeatingTable.objects.bulk_create(
        SeatingTable(plan=plan, number=number)
        for number in range(1, tables + 1)
        if number not in there
    )
    rows = dict(plan.tables.values_list("number", "pk"))
    TableSeat.objects.bulk_create(
        TableSeat(
            plan=plan,
            table_id=rows[number],
            participant_id=key,
            is_locked=key in locks,
        )
        for key, number in seating.items()
    )
