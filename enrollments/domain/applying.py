"""Applying: gates first, then the lock, then the count, then one row and its trace."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.models import User
from courses.domain.locking import hold_run
from courses.enums import CapacityUnit, PoolKind, SelectionMode
from courses.models import CourseRun, SeatPool
from enrollments.domain.admission import Standing, pool_for, require_eligible, standing_of
from enrollments.domain.by_exception import require_staff_for
from enrollments.domain.different_people import require_different_people
from enrollments.domain.drafts import drop_draft
from enrollments.domain.drawing.frozen_lists import waits_for_draw
from enrollments.domain.gates import require_open
from enrollments.domain.identity import person_keys
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.moving import move
from enrollments.domain.offered import Offered
from enrollments.domain.paper import BY_POST
from enrollments.domain.receipt import moment_of_receipt
from enrollments.domain.recording import record, write_particulars
from enrollments.domain.refusals import (
    AlreadyApplied,
    ReceivedLongAgo,
    RunFull,
    TooManyParticipants,
    Unreachable,
)
from enrollments.domain.requests import SeatRequest
from enrollments.domain.sent_before import sent_before
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import (
    Application,
    PersonClaim,
    PersonKey,
    Transition,
)

# A card older than this was given a wrong date, and would head the waiting list.
LONGEST_WAY = timedelta(days=366)


def apply_for_seat(
    *,
    run: CourseRun,
    request: SeatRequest,
    by: User | None,
    at: datetime,
    received_at: datetime | None = None,
    override_reason: str = "",
    namesake_reason: str = "",
    pool_kind: PoolKind | None = None,
    tells: bool = True,
    draft: str = "",
) -> Application:
    """One application, decided at once where places are given in order.

    `received_at` is earlier than `at` for what staff enter later. `override_reason` is
    a member of staff's for taking somebody outside the window or who does not meet the
    conditions, `namesake_reason` for saying that it is another person of the same name
    and contact. Without `tells` nobody is written to. The same form gives the first.
    `draft` opens what was kept of the form, which is forgotten.
    Raises: NotAllowed, the refusals of `enrollments.domain.refusals`.
    """
    require_staff_for(override_reason or namesake_reason, run=run, by=by)
    if received_at is not None and received_at < at - LONGEST_WAY:
        raise ReceivedLongAgo
    moment, keys = moment_of_receipt(received_at or at), keys_of_request(request, by)
    offered_before = Offered() if connection.in_atomic_block else None
    with transaction.atomic():
        hold_run(run.pk)
        offered = offered_before or Offered.now()
        if draft:
            drop_draft(token=draft, run=run)
        locked, known = offered.run_to_apply_for(
            run.pk, form=request.submission_key, keys=keys
        )
        first, request = sent_before(locked, request, first=known.first)
        if first:
            return first
        place = place_for(locked, request, by, at, moment, pool_kind, override_reason)
        claimed = _claimed(locked, keys, namesake_reason) if known.claimed else set()
        application = _recorded(offered, locked, place, request, by, at, moment)
        _remember_person(application, keys, keys - claimed)
        write_particulars(application, request, by=by, at=at, why_late=override_reason)
        own = offered.wordings() if tells else None
        _begin(application, place, by, at, override_reason or namesake_reason, own)
    return application


@dataclass(frozen=True)
class Place:
    """What an application gets: how many places, of which kind, for whom, how far."""

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
) -> Place:
    """Open, offered, meant for this person, and not full. Under the lock it is theirs;
    without it is what would become of them now."""
    require_open(
        run=run,
        at=moment,
        override_reason=override_reason,
        by_post=request.channel in BY_POST,
        postmarked_on=request.postmarked_on,
    )
    seats = _seats_for(run, request)
    at_door = request.channel == Channel.WALK_IN
    pool = pool_for(run, kind, request.session, at=at, has_begun=at_door)
    if not override_reason:
        require_eligible(run=run, pool=pool, request=request, by=by)
    standing = standing_of(request, pool, by)
    return Place(pool, seats, standing, _first_state(run, pool, seats, request.channel))


def _recorded(
    offered: Offered,
    run: CourseRun,
    place: Place,
    request: SeatRequest,
    by: User | None,
    at: datetime,
    moment: datetime,
) -> Application:
    return record(
        run=run,
        pool=place.pool,
        seats=place.seats,
        notice=offered.notice("application", at=at),
        request=request,
        standing=place.standing,
        by=by,
        at=at,
        moment=moment,
    )


def _begin(
    application: Application,
    place: Place,
    by: User | None,
    at: datetime,
    why: str,
    own: OwnWordings | None,
) -> None:
    """Received, and at once where it goes from there; told in one's `own` wordings or,
    without them, not at all."""
    begun = Transition(
        application=application, to_state=State.RECEIVED, at=at, by=by, why=why
    )
    move(
        application=application,
        to=place.first_state,
        by=by,
        at=at,
        tell=own is not None,
        begun=begun,
        own=own,
    )


def _seats_for(run: CourseRun, request: SeatRequest) -> int:
    reachable = request.email or request.phone or request.address
    if not reachable and request.channel != Channel.WALK_IN:
        raise Unreachable
    if len(request.people) > run.max_participants:
        raise TooManyParticipants
    require_different_people(request.people)
    return 1 if run.capacity_unit == CapacityUnit.PARTIES else len(request.people)


def _first_state(run: CourseRun, pool: SeatPool, seats: int, channel: Channel) -> State:
    """Nobody overtakes the waiting list: while somebody waits, newcomers wait too. A
    place that is still free at the door goes to whoever stands there."""
    if channel == Channel.WALK_IN:
        if pool.seats_left is not None and pool.seats_left < seats:
            raise RunFull
        return State.ACCEPTED
    if waits_for_draw(run):
        return State.AWAITING_DRAW
    if run.selection_mode == SelectionMode.SCREENING:
        return State.AWAITING_SCREENING
    fits = pool.seats_left is None or pool.seats_left >= seats
    if fits and not pool.waiting:  # type: ignore[attr-defined]
        return State.ACCEPTED
    if not run.waiting_list:
        raise RunFull
    return State.WAITING


def keys_of_request(request: SeatRequest, by: User | None) -> frozenset[str]:
    own_account = by.pk if by is not None and request.channel == Channel.WEB else None
    return person_keys(
        kana=request.applicant.kana,
        email=request.email,
        phone=request.phone,
        address=request.address,
        account=own_account,
    )


def _claimed(run: CourseRun, keys: frozenset[str], namesake_reason: str) -> set[str]:
    """By which of them somebody in this run is known already.

    Raises AlreadyApplied, unless staff say that it is a chance namesake.
    """
    claims = list(PersonClaim.objects.filter(run=run, key__in=keys))
    if claims and not namesake_reason:
        raise AlreadyApplied(claims[0].application)
    return {claim.key for claim in claims}


def _remember_person(
    application: Application, keys: frozenset[str], unclaimed: frozenset[str]
) -> None:
    PersonKey.objects.bulk_create(
        PersonKey(application=application, key=key) for key in sorted(keys)
    )
    PersonClaim.objects.bulk_create(
        PersonClaim(run=application.run, application=application, key=key)
        for key in sorted(unclaimed)
    )
