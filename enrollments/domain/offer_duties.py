"""What happens to offers by the clock alone: one reminder half-way, and the seat goes to
the next in line when the time is up. Any number of workers may do this at once."""

from datetime import datetime, timedelta

from django.db import transaction

from courses.domain.locking import lock_run
from courses.models import SeatPool
from enrollments.domain.messages import tell_of_offer
from enrollments.domain.reply_time import half_way
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import MessageKind, OfferState
from enrollments.models import Offer

AT_ONCE = 100
# An offer lasts 30 days at most, so half of it is to come when a reminder is due.
LONGEST_HALF = timedelta(days=16)


def remind_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Remind whoever has not answered when half of the time is over; returns how many.

    Each offer is looked at again under its run's lock: an answer may have come."""
    soon = Offer.objects.filter(
        state=OfferState.OPEN,
        reminded_at=None,
        reply_by__range=(at, at + LONGEST_HALF),
    ).order_by("reply_by", "pk")
    due = [
        (offer.pk, offer.application.run_id)
        for offer in soon.select_related("application")
        if half_way(made_at=offer.made_at, until=offer.reply_by) <= at
    ]
    return sum(_remind(pk, run_pk, at) for pk, run_pk in due[:limit])


def _remind(pk: int, run_pk: int, at: datetime) -> bool:
    with transaction.atomic():
        lock_run(run_pk)
        unanswered = Offer.objects.filter(
            pk=pk, state=OfferState.OPEN, reminded_at=None, reply_by__gt=at
        )
        if not unanswered.update(reminded_at=at):
            return False
        offer = Offer.objects.select_related("application__run__course__department").get(
            pk=pk
        )
        tell_of_offer(kind=MessageKind.OFFER_REMINDER, offer=offer, at=at)
    return True


def expire_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Settle what was not answered in time and offer the seats to the next in line;
    returns how many pools were looked after."""
    overdue = (
        Offer.objects.filter(state=OfferState.OPEN, reply_by__lte=at)
        .order_by()
        .values_list("application__pool", flat=True)
        .distinct()
    )
    pools = SeatPool.objects.filter(pk__in=list(overdue[:limit]))
    for pool in pools:
        with transaction.atomic():
            lock_run(pool.run_id)
            promote_next(pool=pool, by=None, at=at)
    return len(pools)
