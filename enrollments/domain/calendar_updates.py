"""What the calendar of somebody who has or had a place is to know along with a message.

It is found when the mail leaves, from the sessions as they are then: whatever happened
since the message was written is in it, so no mail brings an older revision than one that
left before (ADR 25). Somebody who only waits has no such events, and gets none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from courses.domain.calendar_event import CalendarEvent
from courses.domain.feeds import events_of, shown_together
from courses.exchange.ical import Method
from courses.models import Session
from enrollments.domain.calendar_people import had_place, has_place, of_one_calendar
from enrollments.domain.own_sessions import sessions_of
from enrollments.domain.standing import standing_as
from enrollments.enums import MessageKind as Kind
from enrollments.models import Application, Notification

GIVES = frozenset({Kind.ACCEPTED, Kind.PROMOTED, Kind.SERIES})
ENDS = frozenset({Kind.WITHDRAWN, Kind.CANCELLED, Kind.SERIES_WITHDRAWN})
OF_SESSIONS = frozenset({Kind.SESSION_CANCELLED, Kind.SESSION_MOVED, Kind.RUN_CHANGED})
OF_THE_RUN = frozenset({Kind.RUN_CANCELLED, Kind.RUN_POSTPONED, Kind.SERIES_CANCELLED})
OF_SEVERAL = frozenset({Kind.SERIES, Kind.SERIES_WITHDRAWN, Kind.SERIES_CANCELLED})
ABOUT_DATES = GIVES | ENDS | OF_SESSIONS | OF_THE_RUN
GIVEN_BACK = "取り消し"
# More files than this in one mail are a burden to whoever opens them one by one.
MOST_FILES = 12


@dataclass(frozen=True)
class CalendarUpdate:
    """REQUEST and CANCEL speak of one event each, as clients take no more."""

    method: Method
    events: tuple[CalendarEvent, ...]


def updates_with(message: Notification, *, at: datetime, site: str) -> list[CalendarUpdate]:
    """None for a message that is not about dates. `site` is as in `events_of`."""
    application = message.application
    if application is None or message.kind not in ABOUT_DATES:
        return []
    told_of = _told_of(message, application)
    if message.kind in GIVES:
        of_each = [_given(message, one, at, site) for one in told_of]
        return _published([event for events in of_each for event in events])
    of_each = [_changed(message, one, at, site) for one in told_of]
    return _each([event for events in of_each for event in events])


def _changed(
    message: Notification, application: Application, at: datetime, site: str
) -> list[CalendarEvent]:
    """What the person still comes to, and what they come to no longer."""
    sessions = _sessions(message, application, at)
    people = of_one_calendar(application, message.recipient)
    coming = [session for session in sessions if has_place(people, session)]
    gone = [
        session
        for session in sessions
        if session not in coming and had_place(people, session)
    ]
    ended = [_as_ended(event) for event in _events(gone, people, site, mark=GIVEN_BACK)]
    if message.kind in ENDS:
        return ended
    return [*_events(coming, people, site), *ended]


def _told_of(message: Notification, application: Application) -> list[Application]:
    """All that the message tells of."""
    if message.kind not in OF_SEVERAL:
        return [application]
    others = message.also.select_related("run", "pool", "user").order_by("pk")
    return [application, *others]


def _given(
    message: Notification, application: Application, at: datetime, site: str
) -> list[CalendarEvent]:
    """What the person comes to, as it is when the mail leaves."""
    people = of_one_calendar(application, message.recipient)
    sessions = _sessions(message, application, at)
    coming = [one for one in sessions if has_place(people, one) and one.is_held]
    return _events(coming, people, site)


def _sessions(
    message: Notification, application: Application, at: datetime
) -> list[Session]:
    """Of what the application is for, the sessions that the message names, or all to
    come: news of the whole run may stand for news of single sessions that had not left."""
    own = sessions_of([application])
    named = message.kind in OF_SESSIONS
    chosen = own.filter(pk__in=message.changes) if named else own.upcoming(at)
    return shown_together(chosen.order_by("starts_at", "pk"))


def _events(
    sessions: Sequence[Session],
    people: Iterable[Application],
    site: str,
    *,
    mark: str = "",
) -> list[CalendarEvent]:
    """As the person's own calendar shows them."""
    own = standing_as(mark, people)  # type: ignore[arg-type] # annotated by with_changes
    places = {session.run_id: own for session in sessions}
    return list(events_of(sessions, site=site, own=places)) if sessions else []


def _as_ended(event: CalendarEvent) -> CalendarEvent:
    return replace(event, status="CANCELLED", blocks_time=False)


def _each(events: Sequence[CalendarEvent]) -> list[CalendarUpdate]:
    if len(events) > MOST_FILES:
        return _published(events)
    return [
        CalendarUpdate(
            Method.CANCEL if event.status == "CANCELLED" else Method.REQUEST, (event,)
        )
        for event in sorted(events, key=lambda event: (event.starts_at, event.uid))
    ]


def _published(events: Sequence[CalendarEvent]) -> list[CalendarUpdate]:
    return [CalendarUpdate(Method.PUBLISH, tuple(events))] if events else []
