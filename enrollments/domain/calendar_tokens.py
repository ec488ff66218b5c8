"""A personal calendar is opened by a secret of its own, made once, revocable alone."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from enrollments.models import CalendarToken

MOST_TOKENS = 20
USE_IS_NOTED_EVERY = timedelta(hours=1)


class TooManyCalendars(Refusal):
    sentence = _("アドレスは20個までつくれます。使っていないものを無効にしてください。")


class CalendarNameMissing(Refusal):
    sentence = _("使いみちを入力してください。")


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_calendar_token(
    *, user: User, name: str, token: str, at: datetime
) -> CalendarToken:
    """`token` holds 256 bits from the system's generator; only its digest is stored.

    Raises: CalendarNameMissing, TooManyCalendars.
    """
    tidy = tidy_text(name)
    if not tidy:
        raise CalendarNameMissing
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if live_tokens(user).count() >= MOST_TOKENS:
            raise TooManyCalendars
        return CalendarToken.objects.create(
            user=user, name=tidy, digest=digest_of(token), created_at=at
        )


def revoke_calendar_token(
    *, calendar_token: CalendarToken, by: User, at: datetime
) -> CalendarToken:
    """From now on its address answers as if it had never been; doing it twice is fine.

    Raises: NotAllowed for anybody but its owner.
    """
    if calendar_token.user_id != by.pk:
        raise NotAllowed
    live = CalendarToken.objects.filter(pk=calendar_token.pk, revoked_at=None)
    live.update(revoked_at=at)
    return CalendarToken.objects.get(pk=calendar_token.pk)


def live_tokens(user: User) -> QuerySet[CalendarToken]:
    return CalendarToken.objects.filter(user=user, revoked_at=None)


def open_calendar(*, token: str, at: datetime) -> CalendarToken | None:
    """The key that a token opens; none for unknown, revoked and left accounts alike.

    The look-up is by digest, so the time it takes tells nothing about a token.
    """
    found = (
        CalendarToken.objects.filter(
            digest=digest_of(token), revoked_at=None, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if found is not None:
        _note_use(found, at)
    return found


def _note_use(token: CalendarToken, at: datetime) -> None:
    """At most once an hour: a feed that is fetched often must not write each time."""
    earliest = at - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= earliest:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lte=earliest)
        CalendarToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=at)
