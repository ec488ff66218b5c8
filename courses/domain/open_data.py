"""Open data tell every session of a public run from the first day of this fiscal year
on, called off or not: what was announced does not vanish from the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from courses.domain.fiscal_year import TOKYO, fiscal_year_of
from courses.domain.reception import facts_of, reception_status
from courses.enums import Delivery, ReceptionStatus, SessionState
from courses.models import (
    Course,
    CoursePartner,
    CourseRun,
    Instructor,
    Session,
    Venue,
)
from courses.models.querysets import CourseRunQuerySet

# Loaded once each, however many rows share them.
AROUND_A_RUN = ("pools", "course__department", "course__themes", "venue__features")
AROUND_A_SESSION = ("sessions__venue__features", "sessions__room__venue__features")


@dataclass(frozen=True)
class Publisher:
    """Whose data they are; `site` is the public address without a slash."""

    code: str
    prefecture: str
    city: str
    site: str


@dataclass(frozen=True)
class ListedRun:
    """A run with its sessions in order of time; `status` is the official word's."""

    run: CourseRun
    sessions: tuple[Session, ...]
    status: ReceptionStatus
    publisher: Publisher

    @property
    def course(self) -> Course:
        return self.run.course


@dataclass(frozen=True)
class ListedSession:
    """One session with the run it belongs to."""

    session: Session
    of: ListedRun
    at: datetime

    @cached_property
    def venue(self) -> Venue | None:
        """None for a session that is held online only, or whose place is not known."""
        if self.is_online:
            return None
        if self.session.room:
            return self.session.room.venue
        return self.session.venue or self.of.run.venue

    @property
    def is_online(self) -> bool:
        return self.of.run.delivery == Delivery.ONLINE

    @property
    def status(self) -> ReceptionStatus:
        """The run's, unless this one session is called off or over."""
        if self.of.status in (ReceptionStatus.CANCELLED, ReceptionStatus.POSTPONED):
            return self.of.status
        if self.session.state == SessionState.CANCELLED:
            return ReceptionStatus.CANCELLED
        if self.session.state == SessionState.POSTPONED:
            return ReceptionStatus.POSTPONED
        return ReceptionStatus.ENDED if self.session.ends_at <= self.at else self.of.status


def first_moment(at: datetime) -> datetime:
    """Midnight of 1 April of the fiscal year in which `at` lies."""
    return datetime.combine(date(fiscal_year_of(at), 4, 1), time.min, tzinfo=TOKYO)


def listed_runs(
    *, at: datetime, publisher: Publisher, runs: CourseRunQuerySet
) -> list[ListedRun]:
    """With a fixed number of queries, in order of code. `runs` may carry annotations
    of the layers above (how many wait)."""
    listed = Session.objects.filter(run=OuterRef("pk"), ends_at__gt=first_moment(at))
    found = list(runs.public().filter(Exists(listed)).order_by("code"))
    prefetch_related_objects(found, *_around())
    return [
        ListedRun(
            run=run,
            sessions=tuple(run.sessions.all()),
            status=reception_status(facts_of(run, at=at), at=at),
            publisher=publisher,
        )
        for run in found
    ]


def _around() -> list[str | Prefetch[Any]]:
    """What is told beside a run; of instructors those only who may be named."""
    public = Instructor.objects.public()
    return [
        *AROUND_A_RUN,
        "requirements__completed_course",
        Prefetch("course__instructors", public),
        Prefetch("course__partnerships", CoursePartner.objects.order_by("pk")),
        "course__partnerships__partner",
        "sessions",
        *AROUND_A_SESSION,
        Prefetch("sessions__instructors", public),
    ]


def listed_sessions(runs: Iterable[ListedRun], *, at: datetime) -> list[ListedSession]:
    """Of these runs the sessions of this fiscal year and later, in order of time."""
    first = first_moment(at)
    found = [
        ListedSession(session, listed, at)
        for listed in runs
        for session in listed.sessions
        if session.ends_at > first
    ]
    return sorted(found, key=lambda one: (one.session.starts_at, one.session.pk))


def listed_venues() -> Sequence[Venue]:
    """Venues of public courses only: where a draft will be held is nobody's business."""
    sessions, runs = Session.objects.public(), CourseRun.objects.public()
    venues = Venue.objects.filter(
        Q(pk__in=runs.values("venue"))
        | Q(pk__in=sessions.values("venue"))
        | Q(pk__in=sessions.values("room__venue"))
    )
    return list(venues.prefetch_related("features").order_by("code"))
