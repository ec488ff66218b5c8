"""Questions about courses that pages ask, each in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar, overload

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from courses.domain.plain_runs import PlainRun, PlainSession
from courses.domain.pools import RESIDENT_POOLS
from courses.domain.reception import facts_of, reception_status
from courses.enums import PoolKind, ReceptionStatus, RunState, SelectionMode
from courses.models import CourseRun, SeatPool, Session
from courses.models.querysets import HELD, CourseRunQuerySet, SessionQuerySet

AnyRun = TypeVar("AnyRun", CourseRun, PlainRun)
PLACES = ("venue", "room__venue", "run__venue")
# What a visitor can still do comes before what can only be looked at.
USEFULNESS = {
    ReceptionStatus.OPEN: 0,
    ReceptionStatus.NOT_NEEDED: 0,
    ReceptionStatus.WAITING_LIST: 1,
    ReceptionStatus.NOT_YET: 2,
    ReceptionStatus.CLOSED: 2,
    ReceptionStatus.FULL: 2,
    ReceptionStatus.POSTPONED: 3,
    ReceptionStatus.CANCELLED: 3,
}


def with_facts(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Runs with everything that reception and a page of theirs need."""
    sessions = with_place(Session.objects.select_related("venue", "room__venue"))
    return runs.select_related("venue").prefetch_related(
        "pools", Prefetch("sessions", sessions)
    )


def with_place(sessions: SessionQuerySet) -> SessionQuerySet:
    """Sessions with `room_name`, `venue_name` and `area` as words: the room's venue,
    else the session's own, else the run's."""
    own_or_runs = ("venue__", "run__venue__")
    return sessions.annotate(
        room_name=Coalesce("room__name", Value("")),
        venue_name=Coalesce("room__venue__name", *(f"{of}name" for of in own_or_runs)),
        area=Coalesce("room__venue__area", *(f"{of}area" for of in own_or_runs)),
    )


def to_come(at: datetime) -> CourseRunQuerySet:
    """Announced runs with a session to come, still without a date, or put off."""
    sessions = Session.objects.filter(run=OuterRef("pk"))
    undated = Q(state=RunState.ANNOUNCED) & ~Exists(sessions)
    return CourseRun.objects.announced().filter(
        Exists(sessions.upcoming(at)) | undated | Q(state=RunState.POSTPONED)
    )


def worth_a_card(at: datetime) -> CourseRunQuerySet:
    """Runs to come, and of each course the latest: the years of past runs behind a
    course cost nothing."""
    announced = CourseRun.objects.announced()
    ends = Session.objects.filter(run__course=OuterRef("course"), run__in=announced)
    latest = ends.order_by("-ends_at", "-pk").values("run")[:1]
    coming = Q(pk__in=to_come(at).values("pk"))
    return announced.filter(coming | Q(pk=Subquery(latest)))


def taking_applications(at: datetime) -> CourseRunQuerySet:
    """Runs that take an application now, if only for the waiting list; the same answer
    as `reception_status`, asked of the database."""
    sessions = Session.objects.filter(run=OuterRef("pk"))
    fills_up = Q(selection_mode=SelectionMode.FIRST_COME, waiting_list=False)
    return CourseRun.objects.open_for_application(at).filter(
        Exists(resident_pools()),
        ~fills_up | Exists(free_pools(at)),
        Exists(sessions.held().upcoming(at)) | ~Exists(sessions),
    )


def resident_pools() -> QuerySet[SeatPool]:
    """Of the outer run: those in which an application may take its place."""
    return SeatPool.objects.filter(takes_residents("kind"), run=OuterRef("pk"))


def takes_residents(kind: str) -> Q:
    """The same rule as `courses.domain.pools`, asked of the database; `kind` names the
    column of a row that has its `run`."""
    first, second = RESIDENT_POOLS
    pools = SeatPool.objects.filter(run=OuterRef("run"))
    to_all = pools.filter(kind__in=[*RESIDENT_POOLS, PoolKind.ONLINE])
    return (
        Q(**{f"{kind}__in": [first, PoolKind.ONLINE]})
        | (Q(**{kind: second}) & Q(~Exists(pools.filter(kind=first))))
        | (Q(**{kind: PoolKind.GROUPS}) & Q(~Exists(to_all)))
    )


def free_pools(at: datetime) -> QuerySet[SeatPool]:
    """Of those the ones with room, in a session that is still to begin if it has one."""
    to_begin = Q(session=None) | Q(session__state__in=HELD, session__starts_at__gt=at)
    return resident_pools().filter(
        to_begin, Q(capacity__isnull=True) | Q(capacity__gt=F("seats_taken"))
    )


def main_run(runs: Iterable[AnyRun], *, at: datetime) -> AnyRun | None:
    """The run a visitor wants first: one to apply for, soonest first, else the next to
    come, else the latest past one."""
    chosen = list(runs)
    standing = [(reception_status(facts_of(run, at=at), at=at), run) for run in chosen]
    coming = [
        (_place_in_line(status, run, at), run)
        for status, run in standing
        if not _is_over(status, run, at)
    ]
    if coming:
        return min(coming, key=lambda found: found[0])[1]
    return max(chosen, key=_last_end, default=None)


def is_over(run: CourseRun, *, at: datetime) -> bool:
    """Nothing is to come; what was put off without a new date still is."""
    return _is_over(reception_status(facts_of(run, at=at), at=at), run, at)


def _is_over(status: ReceptionStatus, run: CourseRun | PlainRun, at: datetime) -> bool:
    if status == ReceptionStatus.CANCELLED:
        ends = [session.ends_at for session in run.sessions.all()]
        return bool(ends) and max(ends) <= at
    return status == ReceptionStatus.ENDED


def _place_in_line(
    status: ReceptionStatus, run: CourseRun | PlainRun, at: datetime
) -> tuple[int, float, str]:
    session = next_session(run, at=at)
    when = session.starts_at.timestamp() if session else float("inf")
    return USEFULNESS[status], when, run.code


def _last_end(run: CourseRun | PlainRun) -> tuple[datetime, str]:
    ends = (session.ends_at for session in run.sessions.all())
    return max(ends, default=run.created_at), run.code


@overload
def next_session(run: CourseRun, *, at: datetime) -> Session | None: ...
@overload
def next_session(run: PlainRun, *, at: datetime) -> PlainSession | None: ...
def next_session(
    run: CourseRun | PlainRun, *, at: datetime
) -> Session | PlainSession | None:
    """The next session that is held; cancelled ones are passed over."""
    coming: list[Any] = sessions_ahead(run, at=at)
    return min(coming, key=lambda session: session.starts_at, default=None)


@overload
def sessions_ahead(run: CourseRun, *, at: datetime) -> list[Session]: ...
@overload
def sessions_ahead(run: PlainRun, *, at: datetime) -> list[PlainSession]: ...
def sessions_ahead(
    run: CourseRun | PlainRun, *, at: datetime
) -> list[Session] | list[PlainSession]:
    """Those that are still held, of sessions that are loaded."""
    sessions: Iterable[Any] = run.sessions.all()
    return [s for s in sessions if s.is_held and s.ends_at > at]


def session_totals(runs: Iterable[int]) -> dict[int, int]:
    """How many sessions each of these runs has, called-off ones too."""
    of_runs = Session.objects.filter(run__in=list(runs)).order_by()
    return dict(of_runs.values_list("run").annotate(Count("pk")))
