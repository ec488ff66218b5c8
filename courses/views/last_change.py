"""When the bytes under an address came to be, for `Last-Modified`."""

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache

REMEMBERED = 90 * 24 * 3600
SECOND = timedelta(seconds=1)


def last_change(
    address: str, digest: str, revised_at: datetime | None, at: datetime
) -> datetime:
    """The latest revision, or, where the bytes changed without one (a past session left,
    a venue was renamed), when that was noticed. Of what never had an event nothing is
    kept: there are endless searches that find none."""
    key = f"calendar-change:{hashlib.sha256(address.encode()).hexdigest()}"
    known: tuple[str, datetime] | None = cache.get(key)
    if known and known[0] == digest:
        return known[1]
    if known is None and revised_at is None:
        return at
    moment = revised_at or at
    if known and moment < known[1] + SECOND:
        # The header has no fractions: two changes within a second are told apart, too.
        moment = max(at, known[1] + SECOND)
    cache.set(key, (digest, moment), REMEMBERED)
    return moment
