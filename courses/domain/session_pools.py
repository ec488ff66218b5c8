"""A run that is one whole has its pools once; where people choose a session, each session
has the same kinds of pools. Changing between the two makes them anew while nobody has
applied (ADR 21)."""

from collections.abc import Collection, Mapping

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.enums import PoolKind, SessionState
from courses.models import CourseRun, SeatPool, Session

Places = Mapping[PoolKind, int | None]


class PlacesInUse(Refusal):
    sentence = _("すでに申込みがあるため、1人1回のみかどうかは変えられません。")


def complete_pools(run: CourseRun, places: Places) -> None:
    """The kinds of pools that are not there yet: of the run, or of those sessions that
    are not called off, as `places` says or else as the session before has them. The
    caller holds the run's lock."""
    pools = list(run.pools.all())
    if not run.chooses_session:
        _make(run, None, places, there={pool.kind for pool in pools})
        return
    usual = {**places_of_last(run), **places}
    sessions = run.sessions.exclude(state=SessionState.CANCELLED)
    for session in sessions.order_by("starts_at", "number"):
        there = {pool.kind for pool in pools if pool.session_id == session.pk}
        _make(run, session, usual, there=there)


def drop_pools(run: CourseRun) -> Places:
    """Before they are made in the other form; returns what they were, the first of each
    kind. Raises: PlacesInUse."""
    former = places_of(run)
    try:
        run.pools.all().delete()
    except ProtectedError as protected:
        raise PlacesInUse from protected
    return former


def places_of(run: CourseRun) -> dict[PoolKind, int | None]:
    """A capacity per kind, where people choose a session that of the first."""
    found: dict[PoolKind, int | None] = {}
    for pool in run.pools.order_by("session__starts_at", "pk"):
        found.setdefault(PoolKind(pool.kind), pool.capacity)
    return found


def places_of_last(run: CourseRun) -> dict[PoolKind, int | None]:
    """What another session gets unless somebody says otherwise."""
    found: dict[PoolKind, int | None] = {}
    for pool in run.pools.order_by("session__starts_at", "pk"):
        found[PoolKind(pool.kind)] = pool.capacity
    return found


def _make(
    run: CourseRun, session: Session | None, places: Places, *, there: Collection[str]
) -> None:
    for kind, capacity in places.items():
        if kind not in there:
            SeatPool.objects.create(run=run, session=session, kind=kind, capacity=capacity)
