"""What a secret calendar shows, known by revisions alone: a program that has it already is
told so without writing, or reading, a single event."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from courses.domain.calendar_event import CalendarEvent, OwnPlace
from courses.domain.feeds import events_of, first_moment, in_window, once_shown
from courses.models import Session
from courses.models.querysets import SessionQuerySet


class Revised(NamedTuple):
    """A session, by its revision."""

    session: int
    run: int
    sequence: int
    revised_at: datetime


@dataclass(frozen=True)
class ShownSessions:
    """`own` tells by run how the reader stands to it."""

    sessions: frozenset[Revised]
    own: Mapping[int, OwnPlace]

    @property
    def stamp(self) -> Hashable:
        """Changes when, and only when, the events do: what is not said here is in the
        session's revision (`courses.domain.revision`)."""
        return tuple(
            (session.session, session.sequence, session.revised_at, self.own[session.run])
            for session in sorted(self.sessions)
        )

    @property
    def revised_at(self) -> datetime | None:
        moments = [session.revised_at for session in self.sessions]
        moments += [
            place.changed_at
            for place in (self.own[session.run] for session in self.sessions)
            if place.changed_at is not None
        ]
        return max(moments, default=None)

    def events(self, *, at: datetime, site: str) -> tuple[CalendarEvent, ...]:
        keys = [session.session for session in self.sessions]
        chosen = in_window(Session.objects.filter(pk__in=keys), at=at)
        return events_of(chosen, site=site, own=self.own)

    def without_links(self) -> "ShownSessions":
        own = {run: replace(place, with_link=False) for run, place in self.own.items()}
        return ShownSessions(self.sessions, own)

    def revised(self, revision: int, at: datetime | None) -> "ShownSessions":
        """As after so many changed choices: each counts as a change of every event."""
        if at is None:
            return self
        own = {
            run: replace(
                place,
                changes=place.changes + revision,
                changed_at=max(at, place.changed_at or at),
            )
            for run, place in self.own.items()
        }
        return ShownSessions(self.sessions, own)


def revised_in(sessions: SessionQuerySet, *, at: datetime) -> frozenset[Revised]:
    """Of these, what is in the window of a calendar; one query."""
    recent = once_shown(sessions).filter(ends_at__gt=first_moment(at)).order_by()
    rows = recent.values_list("pk", "run_id", "sequence", "revised_at")
    return frozenset(Revised(*row) for row in rows)
