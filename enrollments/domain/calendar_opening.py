"""What a secret address opens: nothing for unknown, revoked and replaced ones, closed
accounts and people who have left the section, all alike."""

import logging
from datetime import datetime, timedelta

from django.db import OperationalError
from django.db.models import F, Q

from enrollments.domain.calendar_tokens import digest_of
from enrollments.enums import CalendarClient, CalendarScope
from enrollments.models import CalendarToken

logger = logging.getLogger(__name__)
USE_IS_NOTED_EVERY = timedelta(hours=1)
OPENS = Q(scope__in=[CalendarScope.OWN, CalendarScope.RECOMMENDED]) | Q(
    scope=CalendarScope.SECTION, user__staff_profile__department=F("department")
)


def open_calendar(
    *, token: str, at: datetime, client: CalendarClient = CalendarClient.OTHER
) -> CalendarToken | None:
    """The look-up is by digest, so the time it takes tells nothing about a token."""
    found = (
        CalendarToken.objects.filter(
            OPENS, digest=digest_of(token), revoked_at=None, user__is_active=True
        )
        .select_related("user", "department")
        .first()
    )
    if found is not None:
        _note_use(found, at, client)
    return found


def _note_use(token: CalendarToken, at: datetime, client: CalendarClient) -> None:
    """At most once an hour: a feed that is fetched often must not write each time."""
    earliest = at - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= earliest:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lte=earliest)
        # By digest: who has the former address must not be shown as using the new one.
        used = CalendarToken.objects.filter(long_ago, digest=token.digest)
        try:
            used.update(last_used_at=at, last_client=client)
        except OperationalError as busy:
            # SQLite while an import is written: the calendar matters, the note can wait.
            logger.warning("the use of a calendar was not noted: %s", busy)
