"""A session's revision grows when, and only when, something that a subscriber sees
has changed (RFC 5545 3.8.7.4): clients drop changes that do not raise it.

What a subscriber sees is not listed a second time here: around an act the events are
made from the rows before and after, and those that differ are revised. So a personal
calendar, too, can tell by the stored revisions alone that nothing in it has changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from courses.domain.calendar_event import CalendarEvent
from courses.domain.feeds import both_events_of, first_moment, once_shown, shown_together
from courses.domain.locking import lock_runs
from courses.models import Session
from courses.models.querysets import SessionQuerySet

# In a public calendar, and in that of somebody who has a place.
Seen = tuple[CalendarEvent, CalendarEvent]


def revise_sessions(sessions: SessionQuerySet, *, at: datetime) -> int:
    """Raise SEQUENCE and the time of revision in one UPDATE; returns how many rows."""
    return sessions.update(sequence=F("sequence") + 1, revised_at=at)


@contextmanager
def revised(sessions: SessionQuerySet, *, at: datetime) -> Iterator[None]:
    """Around an act, in its transaction: of these sessions, as far as calendars still
    show them, revise those that it made look different and did not revise itself.

    Their runs stay locked, in the order in which everybody takes them.
    """
    with transaction.atomic():
        chosen = once_shown(sessions.filter(ends_at__gt=first_moment(at)))
        lock_runs(chosen.values("run"))
        before = _seen(chosen.values("pk"))
        yield
        if before:
            after = _seen(list(before))
            revise_sessions(Session.objects.filter(pk__in=_changed(before, after)), at=at)


def _seen(keys: "QuerySet[Any, Any] | list[int]") -> dict[int, tuple[int, Seen]]:
    """By session its revision, and all else that calendars show of it: read anew, as the
    caller may have changed the run or course in hand already."""
    found = shown_together(Session.objects.filter(pk__in=keys))
    return {
        session.pk: (session.sequence, (_bare(public), _bare(own)))
        for session, (public, own) in zip(found, both_events_of(found), strict=True)
    }


def _bare(event: CalendarEvent) -> CalendarEvent:
    return replace(event, sequence=0, revised_at=event.created_at)


def _changed(
    before: Mapping[int, tuple[int, Seen]], after: Mapping[int, tuple[int, Seen]]
) -> list[int]:
    return [
        pk
        for pk, (sequence, seen) in after.items()
        if sequence == before[pk][0] and seen != before[pk][1]
    ]
