"""A place that came free is offered to whoever is next and held until they answer; an
offer is settled once, together with the state of its application (`moving`)."""

from datetime import datetime

from accounts.models import User
from courses.models import SeatPool, Session
from courses.models.querysets import SessionQuerySet
from enrollments.domain.messages import tell_of_move
from enrollments.domain.moving import move
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


def offer_seat(
    *, application: Application, by: User | None, at: datetime, why: str = VACANT
) -> Offer | None:
    """Hold a free seat for somebody who waits, and ask; shortly before the session give
    it at once (none is returned). The caller holds the run's lock.

    Raises: RunFull, MoveNotAllowed.
    """
    run = application.run
    coming = held_sessions_of(application.pool).filter(starts_at__gt=at)
    first = coming.order_by("starts_at").values_list("starts_at", flat=True).first()
    until = reply_by(
        at=at,
        hours=run.offer_hours,
        immediate_days=run.immediate_days,
        starts_at=first,
    )
    offered = move(
        application=application, to=State.OFFERED, by=by, at=at, why=why, tell=False
    )
    if until is None:
        move(application=application, to=State.ACCEPTED, by=by, at=at, why=why)
        return None
    offer = Offer.objects.create(application=application, made_at=at, reply_by=until)
    tell_of_move(transition=offered, application=application, at=at, offer=offer)
    return offer


def settle_overdue(*, pool: SeatPool, at: datetime) -> int:
    """Offers whose time is up give their seats back, whether or not a worker runs; the
    caller holds the run's lock. Returns how many there were."""
    overdue = Offer.objects.filter(
        application__pool=pool, state=OfferState.OPEN, reply_by__lte=at
    ).select_related("application__run__course__department", "application__pool")
    found = list(overdue.order_by("reply_by", "pk"))
    for offer in found:
        move(
            application=offer.application,
            to=State.EXPIRED,
            by=None,
            at=at,
            why=TIME_IS_UP,
        )
    return len(found)


def open_offer_of(application: Application) -> Offer | None:
    return application.offers.filter(state=OfferState.OPEN).first()
