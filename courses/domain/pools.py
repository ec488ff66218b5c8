"""Residents are offered the general or citizens' places and those online; the places of
groups where there are no others; those of staff never. Where people choose a session,
its own pools are offered until it begins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from courses.enums import PoolKind
from courses.models import CourseRun, SeatPool, Session

# Where residents are seated, in the order in which an application looks for a place.
RESIDENT_POOLS = (PoolKind.GENERAL, PoolKind.CITIZENS)


class AnyPool(Protocol):
    """A row of `SeatPool`, whole or only these columns of it."""

    @property
    def kind(self) -> str: ...

    @property
    def session_id(self) -> int | None: ...


Pool = TypeVar("Pool", bound=AnyPool)


def offered_pools(run: CourseRun, *, at: datetime | None = None) -> list[SeatPool]:
    """In the order of the sessions, the venue's places before those online. From a run
    with its pools and sessions prefetched; no query is made. Without `at` sessions that
    have begun count too."""
    if not run.chooses_session:
        return pools_among(run.pools.all(), sessions=None)
    chosen = [session.pk for session in _choosable(run.sessions.all(), at)]
    return pools_among(run.pools.all(), sessions=chosen)


def pools_among(pools: Iterable[Pool], *, sessions: Iterable[int] | None) -> list[Pool]:
    """The offered ones of a run's. `sessions` are the keys of those to choose from; none
    where a run is one whole."""
    rows = list(pools)
    if sessions is None:
        return _for_residents(pool for pool in rows if pool.session_id is None)
    return [
        pool
        for session in sessions
        for pool in _for_residents(p for p in rows if p.session_id == session)
    ]


def choosable_sessions(run: CourseRun, *, at: datetime) -> list[Session]:
    """Of which somebody who applies chooses one; none where a run is one whole."""
    return _choosable(run.sessions.all(), at) if run.chooses_session else []


def _choosable(sessions: Iterable[Session], at: datetime | None) -> list[Session]:
    found = [s for s in sessions if s.is_held and (at is None or s.starts_at > at)]
    return sorted(found, key=lambda session: (session.starts_at, session.number))


def _for_residents(pools: Iterable[Pool]) -> list[Pool]:
    by_kind: dict[str, Pool] = {pool.kind: pool for pool in pools}
    first = next((by_kind[kind] for kind in RESIDENT_POOLS if kind in by_kind), None)
    open_to_all = [pool for pool in (first, by_kind.get(PoolKind.ONLINE)) if pool]
    groups = [by_kind[PoolKind.GROUPS]] if PoolKind.GROUPS in by_kind else []
    return open_to_all or groups
