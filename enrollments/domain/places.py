"""Which places somebody can ask for now, of which session, and whether they are free or
one would wait for them. The same words as the course page, counted per pool."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from courses.domain.pools import RESIDENT_POOLS
from courses.enums import PoolKind, SelectionMode
from courses.models import CourseRun, SeatPool, Session
from enrollments.enums import ApplicationState
from enrollments.models import Application

FOR_ANYBODY = (*RESIDENT_POOLS, PoolKind.ONLINE)


@dataclass(frozen=True)
class Place:
    """A pool as somebody who applies sees it. `left` none: no number is set, or places
    are not given in order, so that a number would say nothing."""

    pool: SeatPool
    session: Session | None
    left: int | None
    waiting: int
    is_full: bool
    takes_more: bool

    @property
    def kind(self) -> PoolKind:
        return PoolKind(self.pool.kind)


def places_of(run: CourseRun, *, at: datetime) -> tuple[Place, ...]:
    """From a run with pools and sessions loaded, in one query at most (pools may know
    their `waiting`). Sessions that have begun or are not held are left out where one
    has to be chosen."""
    sessions = {one.pk: one for one in run.sessions.all() if one.is_held}
    waiting = _waiting(run)
    found = []
    for pool in run.pools.all():
        session = sessions.get(pool.session_id or 0)
        if run.chooses_session:
            if session is None or session.starts_at <= at:
                continue
        elif pool.session_id is not None:
            continue
        found.append(_place(run, pool, session, waiting.get(pool.pk, 0)))
    return tuple(sorted(found, key=_order))


def for_visitor(
    places: Iterable[Place], *, is_member: bool, is_staff: bool
) -> tuple[Place, ...]:
    """Those that this person has a right to; of 一般枠 and 市民枠 the first there is, as
    the course page counts them."""
    found = list(places)
    here = {place.kind for place in found}
    kinds = {PoolKind.ONLINE, *[kind for kind in RESIDENT_POOLS if kind in here][:1]}
    if is_member:
        kinds.add(PoolKind.GROUPS)
    if is_staff:
        kinds.add(PoolKind.STAFF)
    return tuple(place for place in found if place.kind in kinds)


def _waiting(run: CourseRun) -> dict[int, int]:
    pools = list(run.pools.all())
    if all(hasattr(pool, "waiting") for pool in pools):
        return {pool.pk: int(getattr(pool, "waiting", 0)) for pool in pools}
    rows = Application.objects.filter(run=run, state=ApplicationState.WAITING)
    counted = rows.order_by().values_list("pool").annotate(number=Count("pk"))
    return dict(counted)


def _place(run: CourseRun, pool: SeatPool, session: Session | None, waiting: int) -> Place:
    in_order = run.selection_mode == SelectionMode.FIRST_COME
    left = pool.seats_left if in_order else None
    full = in_order and ((left is not None and left <= 0) or waiting > 0)
    return Place(
        pool=pool,
        session=session,
        left=left,
        waiting=waiting,
        is_full=full,
        takes_more=not full or run.waiting_list,
    )


def _order(place: Place) -> tuple[float, int]:
    starts = place.session.starts_at.timestamp() if place.session else 0.0
    kinds = [*FOR_ANYBODY, PoolKind.GROUPS, PoolKind.STAFF]
    return starts, kinds.index(place.kind)
