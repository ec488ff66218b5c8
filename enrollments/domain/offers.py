"""A place that came free is offered to whoever is next and held until they answer; an
offer is settled once, together with the state of its application (`moving`)."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from courses.models import CourseRun, SeatPool, Session
from courses.models.querysets import SessionQuerySet
from enrollments.domain.batches import BATCH
from enrollments.domain.messages import tell_of_offers
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.reply_time import reply_by
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Offer

VACANT = "空いた席をキャンセル待ちの順にご案内"
TIME_IS_UP = "回答期限が過ぎたため"


def held_sessions_of(pool: SeatPool) -> SessionQuerySet:
    """What a place of this pool is for: all sessions of the run, or the one chosen."""
    if pool.session_id is not None:
        return Session.objects.filter(pk=pool.session_id).held()
    return Session.objects.filter(run=pool.run_id).held()


def offer_seats(
    *, reasons: Mapping[Application, str], by: User | None, at: datetime
) -> None:
    """Hold free seats for people who wait, each with the reason why they are next, and
    ask them; shortly before the session give the seat at once. The caller holds the
    run's lock, and its applications share their `run` and `pool` as in `move_together`.

    Raises: RunFull, MoveNotAllowed.
    """
    until = {
        pool: _reply_by(pool, at=at)
        for pool in {application.pool for application in reasons}
    }
    given = [one for one in reasons if until[one.pool] is None]
    offered = move_together(
        moves=[Move(one, State.OFFERED, why, tell=False) for one, why in reasons.items()],
        by=by,
        at=at,
    )
    move_together(
        moves=[Move(one, State.ACCEPTED, reasons[one]) for one in given], by=by, at=at
    )
    offers = Offer.objects.bulk_create(
        (
            Offer(application=one, made_at=at, reply_by=deadline)
            for one in reasons
            if (deadline := until[one.pool]) is not None
        ),
        batch_size=BATCH,
    )
    tell_of_offers(transitions=offered, offers=offers, at=at)


def _reply_by(pool: SeatPool, *, at: datetime) -> datetime | None:
    """None where nobody is asked."""
    coming = held_sessions_of(pool).filter(starts_at__gt=at)
    return reply_by(
        at=at,
        hours=pool.run.offer_hours,
        immediate_days=pool.run.immediate_days,
        starts_at=coming.order_by("starts_at").values_list("starts_at", flat=True).first(),
    )


def settle_overdue(*, run: CourseRun, pool: SeatPool, at: datetime) -> None:
    """Offers whose time is up give their seats back, whether or not a worker runs; the
    caller holds the lock of `run`."""
    overdue = Offer.objects.filter(
        application__pool=pool, state=OfferState.OPEN, reply_by__lte=at
    ).select_related("application")
    moves = []
    for offer in overdue.order_by("reply_by", "pk"):
        offer.application.run, offer.application.pool = run, pool
        moves.append(Move(offer.application, State.EXPIRED, TIME_IS_UP))
    move_together(moves=moves, by=None, at=at)


def open_offer_of(application: Application) -> Offer | None:
    return application.offers.filter(state=OfferState.OPEN).first()
