"""An offer is answered once, until its time is up: by the person through the mail's
link, or by an officer who was told on the telephone."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.domain.invitations import call_off_invitations
from enrollments.domain.moving import move
from enrollments.domain.refusals import (
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferTakenBack,
)
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Offer

REFUSALS = {
    OfferState.ACCEPTED: OfferAccepted,
    OfferState.DECLINED: OfferDeclined,
    OfferState.EXPIRED: OfferExpired,
    OfferState.TAKEN_BACK: OfferTakenBack,
}


def answer_offer(
    *, offer: Offer, accepts: bool, by: User | None, at: datetime, why: str = ""
) -> Offer:
    """Take the place or leave it to the next in line. The same answer again changes
    nothing. Too late, the seat goes to the next at this moment, worker or not.

    Raises: OfferExpired, OfferAccepted, OfferDeclined, OfferTakenBack.
    """
    wanted = OfferState.ACCEPTED if accepts else OfferState.DECLINED
    with transaction.atomic():
        fresh = _lock(offer)
        if fresh.state == OfferState.OPEN and fresh.reply_by <= at:
            promote_next(pool=fresh.application.pool, by=None, at=at)
        elif fresh.state == OfferState.OPEN:
            to = State.ACCEPTED if accepts else State.DECLINED
            move(application=fresh.application, to=to, by=by, at=at, why=why)
            call_off_invitations(fresh.application, at=at)
            if not accepts:
                promote_next(pool=fresh.application.pool, by=None, at=at)
        fresh.refresh_from_db(fields=["state", "answered_at", "answered_by"])
    # After the commit: what came too late has still given its seat back.
    if fresh.state != wanted:
        raise REFUSALS[OfferState(fresh.state)]
    return fresh


def record_answer(*, offer: Offer, accepts: bool, by: User, at: datetime) -> Offer:
    """What somebody said on the telephone. Raises: NotAllowed, and as above."""
    require_section(by, offer.application.run.course.department)
    why = "電話などで回答" if accepts else "電話などで辞退"
    return answer_offer(offer=offer, accepts=accepts, by=by, at=at, why=why)


def take_back_offer(*, offer: Offer, by: User, at: datetime, why: str) -> Offer:
    """An offer made in error: the person waits again, at the same place in line, and
    reads the reason. The seat stays free until the line moves the next time.

    Raises: NotAllowed, and as above.
    """
    require_section(by, offer.application.run.course.department)
    with transaction.atomic():
        fresh = _lock(offer)
        if fresh.state == OfferState.OPEN:
            move(application=fresh.application, to=State.WAITING, by=by, at=at, why=why)
            call_off_invitations(fresh.application, at=at)
        fresh.refresh_from_db(fields=["state", "answered_at", "answered_by"])
    if fresh.state != OfferState.TAKEN_BACK:
        raise REFUSALS[OfferState(fresh.state)]
    return fresh


def _lock(offer: Offer) -> Offer:
    """Read again under the run's lock: somebody else may have answered."""
    lock_run(offer.application.run_id)
    return Offer.objects.select_related(
        "application__run__course__department", "application__pool"
    ).get(pk=offer.pk)
