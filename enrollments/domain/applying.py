"""Applying: gates first, then the lock, then the count, then one row and its trace."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects

from accounts.domain.purpose import notice_in_force
from accounts.enums import ConsentChannel
from accounts.models import Consent, User
from courses.domain.locking import lock_run
from courses.domain.reception import RESIDENT_POOLS
from courses.enums import CapacityUnit, PoolKind, SelectionMode
from courses.models import CourseRun, SeatPool, Session
from enrollments.domain.gates import require_open
from enrollments.domain.identity import person_keys
from enrollments.domain.moving import move
from enrollments.domain.receipt import moment_of_receipt, next_tie
from enrollments.domain.refusals import (
    AlreadyApplied,
    AppliesElsewhere,
    ReceivedLongAgo,
    RunFull,
    TooManyParticipants,
    Unreachable,
)
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import (
    Application,
    Participant,
    PersonClaim,
    PersonKey,
    Transition,
)

SAME_SECOND_TRIES = 200
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
) -> Application:
    """One application, decided at once where places are given in order.

    `received_at` is earlier than `at` for what staff enter later (a postcard that
    came yesterday). `override_reason` is a member of staff's reason for taking an
    application outside the window, `namesake_reason` the one for saying that it is
    not the person of the same name and contact who has applied already.

    The same `submission_key` again gives the first application.
    Raises: the refusals of `enrollments.domain.refusals`.
    """
    if received_at is not None and received_at < at - LONGEST_WAY:
        raise ReceivedLongAgo
    moment = moment_of_receipt(received_at or at)
    with transaction.atomic():
        locked = _lock_with_facts(run.pk)
        sent_before = locked.applications.filter(submission_key=request.submission_key)
        for first in sent_before.order_by():  # in no order: one at most, by its index
            return first
        require_open(run=locked, at=moment, override_reason=override_reason)
        seats = _seats_for(locked, request)
        pool = _pool_for(locked, pool_kind)
        to = _first_state(locked, pool, seats)
        keys = _keys_of(request, by)
        unclaimed = _unclaimed(locked, keys, namesake_reason)
        application = _record(locked, pool, seats, request, by, at, moment)
        _remember_person(application, keys, unclaimed)
        Transition.objects.create(
            application=application,
            to_state=State.RECEIVED,
            at=at,
            by=by,
            why=override_reason or namesake_reason,
        )
        move(application=application, to=to, by=by, at=at)
    return application


def _lock_with_facts(run_pk: int) -> CourseRun:
    """Under the lock, with what gates, places and the message read again and again."""
    run = lock_run(run_pk)
    sessions = Session.objects.select_related("venue", "room__venue")
    prefetch_related_objects([run], "pools", Prefetch("sessions", sessions))
    return run


def _seats_for(run: CourseRun, request: SeatRequest) -> int:
    if not (request.email or request.phone or request.address):
        raise Unreachable
    if len(request.people) > run.max_participants:
        raise TooManyParticipants
    return 1 if run.capacity_unit == CapacityUnit.PARTIES else len(request.people)


def _pool_for(run: CourseRun, kind: PoolKind | None) -> SeatPool:
    """The pool asked for, else the one open to residents."""
    pools = {pool.kind: pool for pool in run.pools.all()}
    wanted = (kind,) if kind else RESIDENT_POOLS
    for candidate in wanted:
        if candidate in pools:
            return pools[candidate]
    raise AppliesElsewhere


def _first_state(run: CourseRun, pool: SeatPool, seats: int) -> State:
    """Nobody overtakes the waiting list: while somebody waits, newcomers wait too."""
    if run.selection_mode in (SelectionMode.LOTTERY, SelectionMode.LOTTERY_IF_OVER):
        return State.AWAITING_DRAW
    if run.selection_mode == SelectionMode.SCREENING:
        return State.AWAITING_SCREENING
    fits = pool.seats_left is None or pool.seats_left >= seats
    if fits and not pool.applications.waiting().exists():
        return State.ACCEPTED
    if not run.waiting_list:
        raise RunFull
    return State.WAITING


def _keys_of(request: SeatRequest, by: User | None) -> frozenset[str]:
    own_account = by.pk if by is not None and request.channel == Channel.WEB else None
    return person_keys(
        kana=request.applicant.kana,
        email=request.email,
        phone=request.phone,
        address=request.address,
        account=own_account,
    )


def _unclaimed(
    run: CourseRun, keys: frozenset[str], namesake_reason: str
) -> frozenset[str]:
    """Raises AlreadyApplied, unless staff say that it is a chance namesake."""
    taken = PersonClaim.objects.filter(run=run, key__in=keys).select_related("application")
    claims = list(taken)
    if claims and not namesake_reason:
        raise AlreadyApplied(claims[0].application)
    return keys - {claim.key for claim in claims}


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


def _record(
    run: CourseRun,
    pool: SeatPool,
    seats: int,
    request: SeatRequest,
    by: User | None,
    at: datetime,
    moment: datetime,
) -> Application:
    entered_by_staff = request.channel != Channel.WEB
    application = Application(
        run=run,
        pool=pool,
        seats=seats,
        received_at=moment,
        created_at=at,
        channel=request.channel,
        submission_key=request.submission_key,
        user=None if entered_by_staff else by,
        entered_by=by if entered_by_staff else None,
        email=request.email,
        phone=request.phone,
        postal_code=request.postal_code,
        address=request.address,
        residency=request.residency,
        contact_by=request.contact_by,
        language=request.language,
        message=request.message,
        staff_note=request.staff_note,
        consent=_consent(request, at),
        **request.applicant.columns(),
    )
    _insert_with_free_tie(application)
    Participant.objects.bulk_create(
        Participant(
            application=application,
            position=position,
            is_applicant=position == 1,
            **person.columns(),
        )
        for position, person in enumerate(request.people, start=1)
    )
    return application


def _insert_with_free_tie(application: Application) -> None:
    """Runs do not lock each other, so two may want the same tie of one second."""
    for attempt in range(SAME_SECOND_TRIES):
        application.tie = next_tie(application.received_at)
        try:
            with transaction.atomic():
                application.save(force_insert=True)
        except IntegrityError:
            taken = Application.objects.filter(
                received_at=application.received_at, tie=application.tie
            )
            if attempt + 1 == SAME_SECOND_TRIES or not taken.exists():
                raise
        else:
            return


def _consent(request: SeatRequest, at: datetime) -> Consent | None:
    """The purpose of use in force, as shown on the form or printed on the card."""
    notice = notice_in_force(key="application", at=at)
    if notice is None:
        return None
    web = request.channel == Channel.WEB
    return Consent.objects.create(
        notice=notice,
        given_at=at,
        channel=ConsentChannel.WEB if web else ConsentChannel.PAPER,
        deemed=not web,
    )
