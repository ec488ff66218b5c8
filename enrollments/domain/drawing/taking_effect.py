"""A result takes effect: applications move with their rank as the reason, those who wait
stand in the drawn order, and the seats of whoever left meanwhile go down the line."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery

from accounts.models import User
from courses.domain.reception import capacity_words
from courses.enums import CapacityUnit, WaitingPolicy
from courses.models import CourseRun
from enrollments.domain.drawing.entry_list import pool_key, read_record, state_drawn
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.offers import offer_seats
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawOutcome
from enrollments.models import Application, Draw, DrawEntry

ALL_FIT = "定員以内のため、抽選をせずに決定"
STATES = {
    DrawOutcome.WON: State.ACCEPTED,
    DrawOutcome.WAITING: State.WAITING,
    DrawOutcome.LOST: State.LOST,
}


def take_effect(draw: Draw, run: CourseRun, *, by: User | None, at: datetime) -> None:
    """The caller holds the lock of `run`, whose pools and sessions are at hand."""
    entries = _still_in_the_running(draw, run)
    reasons = _reasons(draw, run, entries)
    _set_places_in_line(draw, entries)
    if draw.round == 0:
        _move_all(run, entries, reasons, by=by, at=at)
    else:
        _move_winners_up(entries, reasons, by=by, at=at)
    if run.waiting_policy == WaitingPolicy.ORDER:
        for pool in run.pools.order_by("pk"):
            promote_next(pool=pool, by=None, at=at)


def _still_in_the_running(draw: Draw, run: CourseRun) -> list[DrawEntry]:
    found = draw.entries.select_related("application").order_by("pool", "rank")
    entries = [
        entry
        for entry in found
        if entry.outcome and entry.application.state == state_drawn(draw.round)
    ]
    pools = {pool.pk: pool for pool in run.pools.all()}
    for entry in entries:
        entry.application.run = run
        entry.application.pool = pools[entry.pool_id]
    return entries


def _reasons(draw: Draw, run: CourseRun, entries: Iterable[DrawEntry]) -> dict[int, str]:
    """By application; a sentence that can be told to the applicant."""
    if not draw.source:
        return {entry.application_id: ALL_FIT for entry in entries}
    _entries, seats, _waiting = read_record(draw.record)
    unit = CapacityUnit(run.capacity_unit)
    places = {
        pool.pk: capacity_words(seats[pool_key(pool)], unit)
        for pool in run.pools.select_related("session")
    }
    name = f"再抽選（{draw.round}回目）" if draw.round else "抽選"
    return {
        entry.application_id: f"{name}の順位 {entry.rank}番（{places[entry.pool_id]}まで）"
        for entry in entries
    }


def _set_places_in_line(draw: Draw, entries: Iterable[DrawEntry]) -> None:
    """The drawn order is the order of the line."""
    for entry in entries:
        if entry.outcome == DrawOutcome.WAITING:
            entry.application.place_in_line = entry.line
    own = DrawEntry.objects.filter(draw=draw, application=OuterRef("pk"))
    waiting = draw.entries.filter(outcome=DrawOutcome.WAITING)
    Application.objects.filter(
        state=state_drawn(draw.round), pk__in=waiting.values("application")
    ).update(place_in_line=Subquery(own.values("line")))


def _move_all(
    run: CourseRun,
    entries: Sequence[DrawEntry],
    reasons: dict[int, str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    moves = [
        Move(
            application=entry.application,
            to=STATES[DrawOutcome(entry.outcome)],
            why=reasons[entry.application_id],
            tell=entry.outcome != DrawOutcome.LOST or run.tells_losers,
        )
        for entry in entries
    ]
    move_together(moves=moves, by=by, at=at)


def _move_winners_up(
    entries: Sequence[DrawEntry],
    reasons: dict[int, str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """They are offered the place as anybody on the waiting list is; the others only get
    another place in it."""
    won = {
        entry.application: reasons[entry.application_id]
        for entry in entries
        if entry.outcome == DrawOutcome.WON
    }
    offer_seats(reasons=won, by=by, at=at)
