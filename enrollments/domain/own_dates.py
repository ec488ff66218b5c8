"""A person's own dates: the sessions they come to, and those they may still come to,
each with how they stand; the meeting's link only when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from courses.domain.queries import with_place
from courses.enums import RunState
from courses.models.querysets import SessionQuerySet
from enrollments.domain.own_sessions import sessions_of
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import LIVE, ApplicationQuerySet

LINK_IS_DUE = timedelta(days=1)
# Whoever applied twice is told how they stand best.
BEST_FIRST = (State.ACCEPTED, State.OFFERED, State.WAITING)


@dataclass(frozen=True)
class OwnDate:
    """`session` has its place as words. `online_url` is empty until it is due, and for
    whoever has no place yet; `link_comes` says that there will be one.
    What is not their own application is shown without a way to it."""

    session: Any
    application: Application
    online_url: str
    link_comes: bool
    is_own: bool = True

    @property
    def has_place(self) -> bool:
        return self.application.state in (State.ACCEPTED, State.CANCELLED)


def with_dates(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Those with something to show: also those that ended with a run that is called off,
    as its dates must not just disappear."""
    shown = applications.filter(state__in=LIVE) | applications.filter(
        state=State.CANCELLED, run__state=RunState.CANCELLED
    )
    return shown.select_related("run__course", "pool")


def own_dates(
    applications: Iterable[Application],
    *,
    at: datetime,
    within: tuple[datetime | None, datetime | None] = (None, None),
    along: Iterable[Application] = (),
) -> list[OwnDate]:
    """In order of their time, in one query; `within` bounds the time of the sessions.
    `along` are those that a group sent the person with."""
    others = list(along)
    ranked = sorted([*applications, *others], key=_rank)
    sessions = _within(with_place(sessions_of(ranked)), *within)
    found = sessions.select_related("run__course").order_by("starts_at", "pk")
    by_run: dict[int, list[Application]] = {}
    for application in ranked:
        by_run.setdefault(application.run_id, []).append(application)
    dates = [_date(session, by_run[session.run_id], at) for session in found]
    keys = {application.pk for application in others}
    return [replace(one, is_own=one.application.pk not in keys) for one in dates]


def _within(
    sessions: SessionQuerySet, begin: datetime | None, end: datetime | None
) -> SessionQuerySet:
    if begin:
        sessions = sessions.filter(ends_at__gt=begin)
    return sessions.filter(starts_at__lt=end) if end else sessions


def _date(session: Any, applications: list[Application], at: datetime) -> OwnDate:
    application = next(a for a in applications if a.pool.session_id in (None, session.pk))
    joins = (
        bool(session.online_url)
        and application.state == State.ACCEPTED
        and session.is_held
        and session.run.state == RunState.ANNOUNCED
        and at < session.ends_at
    )
    is_due = joins and session.starts_at - LINK_IS_DUE <= at
    return OwnDate(
        session=session,
        application=application,
        online_url=session.online_url if is_due else "",
        link_comes=joins and not is_due,
    )


def _rank(application: Application) -> tuple[int, int]:
    state = State(application.state)
    place = BEST_FIRST.index(state) if state in BEST_FIRST else len(BEST_FIRST)
    return place, application.pk
