"""A session as plain data: what it was before an import changed it, and after."""

from datetime import datetime
from typing import Any

from courses.domain.fiscal_year import TOKYO
from courses.domain.session_plans import SessionPlan
from courses.models import Instructor, Room, Session, Venue

KEPT = (
    "title",
    "venue_id",
    "room_id",
    "online_url",
    "is_all_day",
    "time_note",
    "is_required",
)


def kept_of(session: Session) -> dict[str, Any]:
    """Enough to make it so again."""
    return {
        **{name: getattr(session, name) for name in KEPT},
        "starts_at": session.starts_at.astimezone(TOKYO).isoformat(),
        "ends_at": session.ends_at.astimezone(TOKYO).isoformat(),
        "people": sorted(session.teaching.values_list("instructor", flat=True)),
    }


def plan_of_kept(kept: dict[str, Any]) -> SessionPlan:
    """A place or somebody that is gone by now is left out."""
    return SessionPlan(
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        ends_at=datetime.fromisoformat(kept["ends_at"]),
        title=kept["title"],
        venue=Venue.objects.filter(pk=kept["venue_id"]).first(),
        room=Room.objects.select_related("venue").filter(pk=kept["room_id"]).first(),
        online_url=kept["online_url"],
        is_all_day=kept["is_all_day"],
        time_note=kept["time_note"],
        is_required=kept.get("is_required", False),
        instructors=tuple(Instructor.objects.filter(pk__in=kept["people"])),
    )
