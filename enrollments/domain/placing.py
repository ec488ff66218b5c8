"""What an application gets: how many places, of which kind, for whom, how far it comes.
Under the run's lock it is theirs; without it is what would become of them now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from courses.enums import CapacityUnit, PoolKind, SelectionMode
from courses.models import CourseRun, SeatPool
from enrollments.domain.admission import Standing, pool_for, require_eligible, standing_of
from enrollments.domain.different_people import require_different_people
from enrollments.domain.drawing.frozen_lists import waits_for_draw
from enrollments.domain.gates import require_open
from enrollments.domain.paper import BY_POST
from enrollments.domain.refusals import RunFull, TooManyParticipants, Unreachable
from enrollments.domain.requests import SeatRequest
from enrollments.domain.staff_ways import asks_head
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel


@dataclass(frozen=True)
class Place:
    pool: SeatPool
    seats: int
    standing: Standing
    first_state: State


def place_for(
    run: CourseRun,
    request: SeatRequest,
    by: User | None,
    at: datetime,
    moment: datetime,
    kind: PoolKind | None,
    override_reason: str,
    draws: Callable[[CourseRun], bool] = waits_for_draw,
) -> Place:
    """Open, offered, meant for this person, and not full. The run has its pools with
    `waiting`, as they are now; `draws` says whether newcomers go into the draw."""
    require_open(
        run=run,
        at=moment,
        override_reason=override_reason,
        by_post=request.channel in BY_POST,
        postmarked_on=request.postmarked_on,
        kind=kind,
    )
    seats = _seats_for(run, request)
    at_door = request.channel == Channel.WALK_IN
    pool = pool_for(run, kind, request.session, at=at, has_begun=at_door)
    if not override_reason:
        require_eligible(run=run, pool=pool, request=request, by=by)
    standing = standing_of(request, pool, by)
    if not override_reason and asks_head(run, pool, request, standing, by):
        return Place(pool, seats, standing, State.AWAITING_APPROVAL)
    return Place(pool, seats, standing, _first_state(run, pool, seats, request, draws))


def _seats_for(run: CourseRun, request: SeatRequest) -> int:
    reachable = request.email or request.phone or request.address
    if not reachable and request.channel != Channel.WALK_IN:
        raise Unreachable
    # Members could each apply for themselves: the limit is for companions (ADR 35).
    if not request.sends_members:
        if len(request.people) > run.max_participants:
            raise TooManyParticipants
        require_different_people(request.people)
    return 1 if run.capacity_unit == CapacityUnit.PARTIES else len(request.people)


def _first_state(
    run: CourseRun,
    pool: SeatPool,
    seats: int,
    request: SeatRequest,
    draws: Callable[[CourseRun], bool],
) -> State:
    """Nobody overtakes the waiting list: while somebody waits, newcomers wait too. A
    place that is still free at the door goes to whoever stands there."""
    if request.channel == Channel.WALK_IN:
        if pool.seats_left is not None and pool.seats_left < seats:
            raise RunFull
        return State.ACCEPTED
    return on_arrival(run, pool, seats, draws)


def on_arrival(
    run: CourseRun, pool: SeatPool, seats: int, draws: Callable[[CourseRun], bool]
) -> State:
    """Where an application goes that nothing holds up. The pool has its `waiting`.

    Raises: RunFull.
    """
    if draws(run):
        return State.AWAITING_DRAW
    if run.selection_mode == SelectionMode.SCREENING:
        return State.AWAITING_SCREENING
    fits = pool.seats_left is None or pool.seats_left >= seats
    if fits and not pool.waiting:  # type: ignore[attr-defined]
        return State.ACCEPTED
    if not run.waiting_list:
        raise RunFull
    return State.WAITING
