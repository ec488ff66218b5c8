"""Two sessions are in each other's way where both are held and their times overlap; one
that ends when the other begins is not. It is said to whoever applies, who decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from courses.models import Session
from enrollments.domain.own_sessions import sessions_of
from enrollments.models import Application


@dataclass(frozen=True)
class Span:
    """From when to when, and what it is called to the person."""

    begins: datetime
    ends: datetime
    title: str


def in_the_way(wanted: Iterable[Span], taken: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pairs of what is wanted and what it overlaps with, by time; each pair once."""
    return sorted(
        (
            (one, other)
            for one in wanted
            for other in taken
            if one.begins < other.ends and other.begins < one.ends
        ),
        key=lambda pair: (pair[0].begins, pair[1].begins, pair[1].title),
    )


def spans_of(sessions: Iterable[Session]) -> list[Span]:
    """Of sessions that are held, whose run and course are loaded."""
    return [
        Span(one.starts_at, one.ends_at, one.run.course.title)
        for one in sessions
        if one.is_held
    ]


def spans_taken(applications: Iterable[Application], *, at: datetime) -> list[Span]:
    """What somebody comes to, or waits for, that is not over. One query."""
    sessions = sessions_of(applications).upcoming(at).select_related("run__course")
    return spans_of(sessions)
