"""Whoever ordered it gets one mail a month with what is recommended, what opened since the
last and what closes soon, each with its reasons; nothing where there is nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.domain.addresses import confirmed_address
from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.domain.recommending.choosing import month_of
from enrollments.domain.recommending.links import monthly_stop_path
from enrollments.domain.recommending.person import recommended_for
from enrollments.domain.recommending.ranking import Recommendation
from enrollments.domain.recommending.rules import Rule
from enrollments.domain.recommending.shown import shown
from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import Interests, Notification

MOST = 5
SENT_FROM = 9  # o'clock, on the first day of the month or whenever the worker is back
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Letter:
    """Nothing stands in two of its parts."""

    best: Sequence[Recommendation]
    opened: Sequence[Recommendation]
    closing: Sequence[Recommendation]


def letter_of(found: Sequence[Recommendation], *, since: datetime, at: datetime) -> Letter:
    """Of what is recommended, the best first: the best, and of the rest what opened after
    `since` and what closes soon."""
    best, rest = found[:MOST], found[MOST:]
    opened = [one for one in rest if _opened(one, since, at)][:MOST]
    closing = [
        one
        for one in rest
        if one not in opened and any(r.rule == Rule.CLOSING for r in one.reasons)
    ]
    return Letter(best, opened, closing[:MOST])


def _opened(one: Recommendation, since: datetime, at: datetime) -> bool:
    opens = one.candidate.opens_at
    return opens is not None and since < opens <= at


def send_monthly(*, at: datetime, limit: int) -> int:
    """Write at most `limit` mails of this month; returns how many people were seen to.
    Several workers may do this at once: each person is locked, and their month noted in
    the transaction of the mail, whose occasion is unique as well."""
    if timezone.localtime(at).day == 1 and timezone.localtime(at).hour < SENT_FROM:
        return 0
    seen_to = 0
    while seen_to < limit and _send_next(at):
        seen_to += 1
    return seen_to


@transaction.atomic
def _send_next(at: datetime) -> bool:
    due = Interests.objects.filter(
        wants_monthly=True, told_month__lt=month_of(at), user__is_active=True
    )
    own = due.select_for_update(of=("self",), skip_locked=True).order_by("pk").first()
    if own is None:
        return False
    address = confirmed_address(own.user)
    if address:
        _write(own, address, at)
    Interests.objects.filter(pk=own.pk).update(told_month=month_of(at))
    return True


def _write(own: Interests, address: str, at: datetime) -> None:
    with translation.override(own.language):
        found = recommended_for(own.user, own, at=at)
        if not found:
            return
        letter = letter_of(found, since=_begin_of(own, at), at=at)
        stop_url = settings.PUBLIC_URL + monthly_stop_path(own)
        words = {
            "month": timezone.localdate(at),
            "parts": {
                part: shown(getattr(letter, part), at=at)
                for part in ("best", "opened", "closing")
            },
            "public_url": settings.PUBLIC_URL,
            "settings_url": settings.PUBLIC_URL + reverse("my_recommendations"),
            "how_url": settings.PUBLIC_URL + reverse("how_recommended"),
            "stop_url": stop_url,
        }
        subject, body = mail_text("enrollments/mail/monthly.txt", words)
    write_message(
        kind=MessageKind.MONTHLY,
        occasion=f"monthly:{own.public_id.hex}:{month_of(at):%Y-%m}",
        subject=subject,
        body=body,
        at=at,
        recipient=address,
        language=own.language,
        stop_url=stop_url,
    )


def _begin_of(own: Interests, at: datetime) -> datetime:
    """When the last mail was due."""
    month = own.told_month or month_of(at)
    local = timezone.localtime(at)
    return local.replace(
        year=month.year, month=month.month, day=1, hour=SENT_FROM, minute=0
    )


def forget_sent(*, at: datetime) -> int:
    """What somebody was recommended is nothing to keep."""
    sent = Notification.objects.filter(
        kind=MessageKind.MONTHLY, state=State.SENT, settled_at__lte=at - KEPT
    )
    return sent.delete()[1].get(Notification._meta.label, 0)
