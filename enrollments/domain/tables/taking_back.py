"""The last move, exchange or balancing can be taken back as long as nothing was done
since: everybody goes back to where they sat, and is as free or locked as before."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from enrollments.domain.tables.moving import put_back, ready_to_change, seat_of
from enrollments.domain.tables.refusals import NoSuchSeat, SeatHasMoved
from enrollments.domain.tables.standing import keep_marks
from enrollments.enums import TableAct as Act
from enrollments.models import TableMove, TablePlan

CHANGES_SEATS = frozenset({Act.MOVED, Act.SWAPPED, Act.REBALANCED})
SAYS_LOCKED = (Act.MOVED, Act.SWAPPED, Act.LOCKED, Act.UNLOCKED)


def last_change(plan: TablePlan) -> list[TableMove]:
    """What was done together last, if it can be taken back; else nothing."""
    last = plan.moves.first()
    if last is None or last.act not in CHANGES_SEATS:
        return []
    return list(plan.moves.filter(act=last.act, at=last.at))


def take_back(*, plan: TablePlan, seen: int, by: User, at: datetime) -> int:
    """`seen` is the key of the newest line of the trace as the officer saw it. How many
    went back. Raises: NotAllowed, NoSuchSeat, SeatHasMoved."""
    with transaction.atomic():
        locked = ready_to_change(plan, by)
        moves = last_change(locked)
        if not moves:
            raise NoSuchSeat
        if moves[0].pk != seen:
            raise SeatHasMoved
        for move in moves:
            _back(locked, move, by, at)
        keep_marks(locked)
    return len(moves)


def _back(plan: TablePlan, move: TableMove, by: User, at: datetime) -> None:
    seat = seat_of(plan, move.participant_id or 0)
    if seat.table.number != move.to_number:
        raise SeatHasMoved
    was_locked = seat.is_locked
    if move.act != Act.REBALANCED:
        own = plan.moves.filter(participant=move.participant_id, act__in=SAYS_LOCKED)
        before = own.filter(pk__lt=move.pk).first()
        was_locked = before is not None and before.act != Act.UNLOCKED
    put_back(seat, move.from_number or 0, is_locked=was_locked, by=by, at=at)
