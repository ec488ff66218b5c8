"""Residents are offered the general or citizens' places and those online; the places of
groups where there are no others; those of staff never. Where people choose a session,
its own pools are offered until it begins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar, overload

from courses.domain.plain_runs import PlainPool, PlainRun, PlainSession
from courses.enums import PoolKind
from courses.models import CourseRun, SeatPool, Session

AnySession = TypeVar("AnySession", Session, PlainSession)
AnyPool = TypeVar("AnyPool", SeatPool, PlainPool)
# Where residents are seated, in the order in which an application looks for a place.
RESIDENT_POOLS = (PoolKind.GENERAL, PoolKind.CITIZENS)


@overload
def offered_pools(run: CourseRun, *, at: datetime | None = None) -> list[SeatPool]: ...
@overload
def offered_pools(run: PlainRun, *, at: datetime | None = None) -> list[PlainPool]: ...
def offered_pools(
    run: CourseRun | PlainRun, *, at: datetime | None = None
) -> list[SeatPool] | list[PlainPool]:
    """In the order of the sessions, the venue's places before those online. From a run
    with its pools and sessions prefetched; no query is made. Without `at` sessions that
    have begun count too."""
    pools: list[Any] = list(run.pools.all())
    if not run.chooses_session:
        return _for_residents(pool for pool in pools if pool.session_id is None)
    return [
        pool
        for session in _choosable(run.sessions.all(), at)
        for pool in _for_residents(p for p in pools if p.session_id == session.pk)
    ]


def choosable_sessions(run: CourseRun, *, at: datetime) -> list[Session]:
    """Of which somebody who applies chooses one; none where a run is one whole."""
    return _choosable(run.sessions.all(), at) if run.chooses_session else []


def _choosable(sessions: Iterable[AnySession], at: datetime | None) -> list[AnySession]:
    found = [s for s in sessions if s.is_held and (at is None or s.starts_at > at)]
    return sorted(found, key=lambda session: (session.starts_at, session.number))


def _for_residents(pools: Iterable[AnyPool]) -> list[AnyPool]:
    by_kind: dict[str, AnyPool] = {pool.kind: pool for pool in pools}
    first = next((by_kind[kind] for kind in RESIDENT_POOLS if kind in by_kind), None)
    open_to_all = [pool for pool in (first, by_kind.get(PoolKind.ONLINE)) if pool]
    groups = [by_kind[PoolKind.GROUPS]] if PoolKind.GROUPS in by_kind else []
    return open_to_all or groups
