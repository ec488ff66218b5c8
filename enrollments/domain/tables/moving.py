"""Seats are changed by hand one person at a time, each change with its trace; whoever was
moved by hand is locked there, so that the next plan keeps what the officer knew."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from enrollments.domain.tables.refusals import NoSuchSeat, SameTable, SeatHasMoved
from enrollments.domain.tables.standing import keep_marks, lock_plan
from enrollments.enums import TableAct
from enrollments.models import SeatingTable, TableMove, TablePlan, TableSeat


def move_person(
    *,
    plan: TablePlan,
    participant: int,
    to: int,
    seen: int | None,
    by: User,
    at: datetime,
) -> TableMove:
    """To the table with the number `to`; `seen` is where the officer saw the person.

    Raises: NotAllowed, NoSuchSeat, SeatHasMoved, SameTable.
    """
    with transaction.atomic():
        locked = ready_to_change(plan, by)
        seat = seat_of(locked, participant)
        if seen is not None and seat.table.number != seen:
            raise SeatHasMoved
        if seat.table.number == to:
            raise SameTable
        move = _put(seat, _table(locked, to), TableAct.MOVED, by, at)
        keep_marks(locked)
    return move


def swap_people(
    *, plan: TablePlan, participant: int, other: int, by: User, at: datetime
) -> None:
    """Raises: NotAllowed, NoSuchSeat, SameTable."""
    with transaction.atomic():
        locked = ready_to_change(plan, by)
        one, another = seat_of(locked, participant), seat_of(locked, other)
        if one.table_id == another.table_id:
            raise SameTable
        here, there = one.table, another.table
        _put(one, there, TableAct.SWAPPED, by, at)
        _put(another, here, TableAct.SWAPPED, by, at)
        keep_marks(locked)


def lock_seat(
    *, plan: TablePlan, participant: int, is_locked: bool, by: User, at: datetime
) -> None:
    """Raises: NotAllowed, NoSuchSeat."""
    with transaction.atomic():
        locked = ready_to_change(plan, by)
        seat = seat_of(locked, participant)
        if seat.is_locked == is_locked:
            return
        seat.is_locked = is_locked
        seat.save(update_fields=["is_locked"])
        TableMove.objects.create(
            plan=locked,
            act=TableAct.LOCKED if is_locked else TableAct.UNLOCKED,
            participant=seat.participant,
            to_number=seat.table.number,
            at=at,
            by=by,
        )
        keep_marks(locked)


def name_facilitator(
    *, plan: TablePlan, number: int, name: str, kind: str, by: User
) -> None:
    """Raises: NotAllowed, NoSuchSeat."""
    with transaction.atomic():
        table = _table(ready_to_change(plan, by), number)
        table.facilitator, table.facilitator_kind = name.strip(), kind if name else ""
        table.save(update_fields=["facilitator", "facilitator_kind"])


def ready_to_change(plan: TablePlan, by: User) -> TablePlan:
    locked = lock_plan(plan)
    require_section(by, locked.session.run.course.department)
    return locked


def seat_of(plan: TablePlan, participant: int) -> TableSeat:
    seats = plan.seats.select_related("table", "participant")
    found = seats.filter(participant=participant).first()
    if found is None:
        raise NoSuchSeat
    return found


def put_back(
    seat: TableSeat, number: int, *, is_locked: bool, by: User, at: datetime
) -> None:
    """As a move; that the seat is free again is a line of its own."""
    _put(seat, _table(seat.plan, number), TableAct.MOVED, by, at)
    if not is_locked:
        seat.is_locked = False
        seat.save(update_fields=["is_locked"])
        TableMove.objects.create(
            plan_id=seat.plan_id,
            act=TableAct.UNLOCKED,
            participant=seat.participant,
            to_number=number,
            at=at,
            by=by,
        )


def _table(plan: TablePlan, number: int) -> SeatingTable:
    found = plan.tables.filter(number=number).first()
    if found is None:
        raise NoSuchSeat
    return found


def _put(
    seat: TableSeat, table: SeatingTable, act: TableAct, by: User, at: datetime
) -> TableMove:
    move = TableMove(
        plan_id=seat.plan_id,
        act=act,
        participant=seat.participant,
        from_number=seat.table.number,
        to_number=table.number,
        at=at,
        by=by,
    )
    seat.table, seat.is_locked = table, True
    seat.save(update_fields=["table", "is_locked"])
    move.save()
    return move
