"""A personal calendar is opened by a secret of its own, made once, revocable alone."""

import hashlib
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.models import CalendarToken

MOST_TOKENS = 20
USE_IS_NOTED_EVERY = timedelta(hours=1)


class TooManyCalendars(Refusal):
    sentence = _("購読の鍵は20個までです。使っていないものを無効にしてください。")


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_calendar_token(
    *, user: User, name: str, token: str, at: datetime
) -> CalendarToken:
    """`token` holds 256 bits from the system's generator and is never stored.

    Raises: TooManyCalendars.
    """
    if user.calendar_tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise TooManyCalendars
    return CalendarToken.objects.create(
        user=user, name=name, digest=digest_of(token), created_at=at
    )


def revoke_calendar_token(*, user: User, pk: int, at: datetime) -> bool:
    """Only one's own; false where there is nothing to revoke."""
    live = CalendarToken.objects.filter(pk=pk, user=user, revoked_at=None)
    return bool(live.update(revoked_at=at))


def open_calendar(*, token: str, at: datetime) -> CalendarToken | None:
    """The key that a token opens; none for unknown, revoked and left accounts alike.

    The look-up is by digest, so its time tells nothing about the token.
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
    if token.last_used_at is None or at - token.last_used_at >= USE_IS_NOTED_EVERY:
        CalendarToken.objects.filter(pk=token.pk).update(last_used_at=at)
