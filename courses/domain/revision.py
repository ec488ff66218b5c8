"""A session's revision grows when, and only when, something that a subscriber sees
has changed (RFC 5545 3.8.7.4): clients drop changes that do not raise it."""

from datetime import datetime

from django.db.models import F

from courses.models.querysets import SessionQuerySet


def revise_sessions(sessions: SessionQuerySet, *, at: datetime) -> int:
    """Raise SEQUENCE and the time of revision in one UPDATE; returns how many rows."""
    return sessions.update(sequence=F("sequence") + 1, revised_at=at)
