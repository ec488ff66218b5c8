"""A session's revision grows when, and only when, something that a subscriber sees
has changed (RFC 5545 3.8.7.4): clients drop changes that do not raise it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from courses.models import CourseRun
from courses.models.querysets import SessionQuerySet

# What calendars show of a run.
SEEN_OF_RUN = frozenset(
    {
        "label",
        "state",
        "state_note",
        "venue",
        "delivery",
        "bring",
        "contact_name",
        "contact_phone",
    }
)


def revise_sessions(sessions: SessionQuerySet, *, at: datetime) -> int:
    """Raise SEQUENCE and the time of revision in one UPDATE; returns how many rows."""
    return sessions.update(sequence=F("sequence") + 1, revised_at=at)


def revise_what_shows(*, run: CourseRun, changed: Iterable[str], at: datetime) -> int:
    """After fields of a run were changed: revise the sessions to come if it shows."""
    if SEEN_OF_RUN.isdisjoint(changed):
        return 0
    return revise_sessions(run.sessions.upcoming(at), at=at)
