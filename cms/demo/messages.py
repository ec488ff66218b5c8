"""The messages of the last days: sent, except for one that could not be delivered,
one that nobody knows of, and some that wait for somebody to telephone or to print."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import User
from cms.demo.bookkeeping import Booked
from enrollments.domain.messages import tell_of_move
from enrollments.enums import ContactBy
from enrollments.enums import NotificationState as State
from enrollments.models import Notification, Offer

STILL_BY_HAND = 2
STILL_BY_MAIL = 1
TOLD_SINCE = timedelta(days=12)


def write_messages(
    booked: Iterable[Booked],
    officers: dict[str, User],
    offers: Mapping[int, Offer],
    *,
    at: datetime,
) -> None:
    """Worded by the domain, one for each change of state that is told."""
    recent = [
        (transition, one.application)
        for one in booked
        for transition in one.transitions
        if transition.from_state and transition.at >= at - TOLD_SINCE
    ]
    for transition, application in sorted(recent, key=lambda pair: pair[0].at):
        tell_of_move(
            transition=transition,
            application=application,
            at=transition.at,
            offer=offers.get(application.pk),
        )
    _settle(officers["civic"], at)


def _settle(officer: User, at: datetime) -> None:
    by_hand = Notification.objects.filter(state=State.BY_HAND).order_by("-due_at", "pk")
    left = [
        pk
        for way in (ContactBy.POST, ContactBy.PHONE)
        for pk in _latest(by_hand.filter(application__contact_by=way), STILL_BY_HAND)
    ]
    by_hand.exclude(pk__in=left).update(
        state=State.SENT, settled_at=F("due_at") + timedelta(hours=3), settled_by=officer
    )
    pending = Notification.objects.filter(state=State.PENDING).order_by("-due_at", "pk")
    kept = _latest(pending, STILL_BY_MAIL)
    pending.exclude(pk__in=kept).update(
        state=State.SENT,
        attempts=1,
        claimed_at=F("due_at") + timedelta(seconds=2),
        settled_at=F("due_at") + timedelta(seconds=3),
    )
    pending.filter(pk__in=kept[:1]).update(
        state=State.IN_DOUBT,
        attempts=1,
        claimed_at=F("due_at") + timedelta(seconds=2),
        last_error="SMTPServerDisconnected",
    )
    pending.update(
        state=State.DEAD,
        attempts=1,
        claimed_at=F("due_at") + timedelta(seconds=2),
        last_error="SMTPRecipientsRefused 550",
    )


def _latest(messages: QuerySet[Notification], number: int) -> list[int]:
    """So many of the section whose officer one tries the site as, and of all others."""
    of_civic = Q(application__run__course__department__code="civic")
    found = [*messages.filter(of_civic)[:number], *messages.exclude(of_civic)[:number]]
    return [message.pk for message in found]
