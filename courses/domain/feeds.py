"""What a calendar shows of a session: cancelled ones stay, drafts never appear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from courses.domain.queries import PLACES
from courses.domain.wording import range_words
from courses.enums import RunState, SessionState
from courses.models import Session, Venue
from courses.models.querysets import SessionQuerySet

PAST = timedelta(days=60)
MOST_EVENTS = 1000


@dataclass(frozen=True)
class CalendarEvent:
    """One session as a subscriber sees it; `status` is an RFC 5545 word."""

    uid: str
    sequence: int
    created_at: datetime
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    summary: str
    description: str
    location: str
    position: tuple[float, float] | None
    url: str
    categories: tuple[str, ...]
    status: str
    is_private: bool = False


def in_window(sessions: SessionQuerySet, *, at: datetime) -> SessionQuerySet:
    """From sixty days ago on, at most a thousand: what every calendar client can take."""
    total = (
        Session.objects.filter(run=OuterRef("run"))
        .order_by()
        .values("run")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        sessions.filter(ends_at__gte=at - PAST, run__course__published_at__isnull=False)
        .exclude(run__state=RunState.PLANNED)
        .annotate(total=Coalesce(Subquery(total), 1))
        .select_related("run__course", *PLACES)
        .order_by("starts_at", "pk")[:MOST_EVENTS]
    )


def events_of(sessions: Iterable[Session], *, site: str) -> list[CalendarEvent]:
    """`sessions` from in_window; `site` is the public address without a slash."""
    return [event_of(session, site=site) for session in sessions]


def event_of(
    session: Session, *, site: str, status: str | None = None, is_private: bool = False
) -> CalendarEvent:
    """`status` overrides CONFIRMED, never a cancellation."""
    mark = _mark(session)
    venue = _venue(session)
    course = session.run.course
    if mark in ("中止", "延期", "掲載終了"):
        status = "CANCELLED"
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence,
        created_at=session.created_at,
        revised_at=session.revised_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_all_day=session.is_all_day,
        summary=_summary(session, mark),
        description=_description(session, mark, site, is_private),
        location=_location(session, venue),
        position=_position(venue),
        url=f"{site}/courses/{course.slug}/",
        categories=(str(course.get_kind_display()),),
        status=status or "CONFIRMED",
        is_private=is_private,
    )


def _mark(session: Session) -> str:
    """What the title says first. Clients that ignore STATUS still show the title."""
    course, run = session.run.course, session.run
    if run.state == RunState.CANCELLED or session.state == SessionState.CANCELLED:
        return "中止"
    if run.state == RunState.POSTPONED or session.state == SessionState.POSTPONED:
        return "延期"
    if course.withdrawn_at is not None and session.ends_at > course.withdrawn_at:
        return "掲載終了"
    return "日時変更" if session.state == SessionState.MOVED else ""


def _summary(session: Session, mark: str) -> str:
    total = getattr(session, "total", 1)
    count = f" 第{session.number}回（全{total}回）" if total > 1 else ""
    label = f" {session.run.label}" if session.run.label else ""
    return f"{f'【{mark}】' if mark else ''}{session.run.course.title}{label}{count}"


def _description(session: Session, mark: str, site: str, is_private: bool) -> str:
    run = session.run
    lines = [
        session.title,
        session.state_note or run.state_note if mark else "",
        _former(session) if mark == "日時変更" else "",
        session.time_note,
        f"持ち物: {run.bring}" if run.bring else "",
        f"参加先: {session.online_url}" if is_private and session.online_url else "",
        f"{site}/courses/{run.course.slug}/",
    ]
    return "\n".join(line for line in lines if line)


def _former(session: Session) -> str:
    if session.former_starts_at is None:
        return ""
    length = session.ends_at - session.starts_at
    words = range_words(
        session.former_starts_at,
        session.former_starts_at + length,
        today=session.former_starts_at.date(),
    )
    return f"変更前: {words}"


def _venue(session: Session) -> Venue | None:
    if session.room_id and session.room:
        return session.room.venue
    return session.venue if session.venue_id else session.run.venue


def _location(session: Session, venue: Venue | None) -> str:
    if session.run.delivery == "online":
        return "オンライン"
    room = session.room.name if session.room_id and session.room else ""
    parts = [room, venue.name if venue else "", venue.address if venue else ""]
    return ", ".join(part for part in parts if part)


def _position(venue: Venue | None) -> tuple[float, float] | None:
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return float(venue.latitude), float(venue.longitude)
