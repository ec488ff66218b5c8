"""What a room or an instructor is booked for, and when they are free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from courses.domain.fiscal_year import TOKYO
from courses.models import Instructor, Room, Session, Venue
from courses.models.querysets import SessionQuerySet

OPENS, CLOSES = time(9), time(21)


@dataclass(frozen=True)
class Stretch:
    """A part of a day; `session` none: free."""

    starts_at: datetime
    ends_at: datetime
    session: Session | None = None


def bookings_of(booked: Room | Instructor | Venue, *, since: datetime) -> SessionQuerySet:
    """Sessions that take it, from `since` on, in order, with all that a list shows."""
    sessions = Session.objects.taking_place().upcoming(since)
    if isinstance(booked, Room):
        sessions = sessions.filter(room=booked)
    elif isinstance(booked, Venue):
        sessions = sessions.filter(venue=booked)
    else:
        sessions = sessions.filter(teaching__instructor=booked)
    return sessions.select_related(
        "run__course__department", "run__venue", "venue", "room__venue"
    ).order_by("starts_at", "pk")


def day_of(
    sessions: Iterable[Session],
    day: date,
    *,
    opens: time | None = None,
    closes: time | None = None,
) -> list[Stretch]:
    """The day in stretches, free and busy by turns, from opening (or an earlier
    session) to closing. Overlapping sessions stand one after the other."""
    begin = datetime.combine(day, opens or OPENS, tzinfo=TOKYO)
    end = datetime.combine(day, closes or CLOSES, tzinfo=TOKYO)
    midnight = datetime.combine(day, time(), tzinfo=TOKYO)
    there = [
        session
        for session in sessions
        if session.starts_at < midnight + timedelta(days=1) and session.ends_at > midnight
    ]
    found: list[Stretch] = []
    free_from = begin
    for session in sorted(there, key=lambda one: (one.starts_at, one.ends_at)):
        if session.starts_at > free_from:
            found.append(Stretch(free_from, session.starts_at))
        found.append(Stretch(session.starts_at, session.ends_at, session))
        free_from = max(free_from, session.ends_at)
    if free_from < end:
        found.append(Stretch(free_from, end))
    return found
