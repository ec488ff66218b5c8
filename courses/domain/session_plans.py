"""What an officer enters for one session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from courses.domain.refusals import EndsBeforeStart, ImplausibleYear, RoomElsewhere
from courses.enums import PoolKind
from courses.models import Instructor, Room, Session, Venue

# A typing error of the year would stand in calendars for ever.
PLAUSIBLE_YEARS = range(1990, 2200)


@dataclass(frozen=True)
class SessionPlan:
    """Times are moments, `ends_at` exclusive. Without `instructors` a new session is
    taught by the course's, and an existing one by the same people as before.
    `override_reason` says why somebody may be in two sessions at once. `places` are the
    capacities of its own pools, where people choose a session; nobody completes the run
    without a session that `is_required`.
    """

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    venue: Venue | None = None
    room: Room | None = None
    online_url: str = ""
    is_all_day: bool = False
    time_note: str = ""
    is_required: bool = False
    instructors: tuple[Instructor, ...] | None = None
    override_reason: str = ""
    places: Mapping[PoolKind, int | None] | None = None

    def check(self) -> None:
        """Raises: ImplausibleYear, EndsBeforeStart, RoomElsewhere."""
        if self.starts_at.year not in PLAUSIBLE_YEARS:
            raise ImplausibleYear
        if self.ends_at <= self.starts_at:
            raise EndsBeforeStart
        if self.room and self.venue and self.room.venue_id != self.venue.pk:
            raise RoomElsewhere

    def columns(self) -> dict[str, object]:
        """What is kept in the session's own row."""
        return {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "title": self.title,
            "venue_id": self.venue.pk if self.venue else None,
            "room_id": self.room.pk if self.room else None,
            "online_url": self.online_url,
            "is_all_day": self.is_all_day,
            "time_note": self.time_note,
            "is_required": self.is_required,
        }


def plan_of(session: Session) -> SessionPlan:
    """The plan that would leave a session as it is."""
    return SessionPlan(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        venue=session.venue,
        room=session.room,
        online_url=session.online_url,
        is_all_day=session.is_all_day,
        time_note=session.time_note,
        is_required=session.is_required,
    )


def venue_of(session: Session) -> Venue | None:
    """The session's own; none where it is at the run's."""
    return session.room.venue if session.room else session.venue
