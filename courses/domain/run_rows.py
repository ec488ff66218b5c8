"""Many runs with their sessions and places as plain rows, in three plain queries: one
query for all of it made the database repeat each run for each of its sessions."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from courses.models import SeatPool, Session
from courses.models.querysets import HELD, CourseRunQuerySet

# Beyond this a list of keys costs the database more than asking for the runs again.
FEW_KEYS = 1000


class SessionRow(NamedTuple):
    """`area` and `venue` of the session's own place, none where it has none."""

    run: int
    pk: int
    state: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    area: str | None
    venue: str | None

    @property
    def is_held(self) -> bool:
        return self.state in HELD


class PoolRow(NamedTuple):
    run: int
    session_id: int | None
    kind: str
    capacity: int | None
    seats_taken: int

    @property
    def seats_left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.seats_taken


class RunRow(NamedTuple):
    pk: int
    course: int
    code: str
    state: str
    mode: str
    chooses_session: bool
    waiting_list: bool
    opens_at: datetime | None
    closes_at: datetime | None
    fee: int
    fee_note: str
    delivery: str
    has_childcare: bool
    has_sign_language: bool
    has_captioning: bool
    area: str | None
    venue: str | None


class RunRows(NamedTuple):
    """A run with all its sessions in order of time, and all its places."""

    run: RunRow
    sessions: list[SessionRow]
    pools: list[PoolRow]


Row = TypeVar("Row", SessionRow, PoolRow)


def read_rows(runs: CourseRunQuerySet) -> list[RunRows]:
    found = [RunRow._make(row) for row in _runs(runs)]
    keys: Iterable[int] = [run.pk for run in found]
    if len(found) > FEW_KEYS:
        keys = runs.order_by().values_list("pk", flat=True)
    sessions = _by_run(SessionRow._make, _sessions(Session.objects.filter(run__in=keys)))
    pools = _by_run(PoolRow._make, _pools(SeatPool.objects.filter(run__in=keys)))
    return [RunRows(run, sessions.get(run.pk, []), pools.get(run.pk, [])) for run in found]


def _by_run(
    made_of: Callable[[Iterable[object]], Row], rows: Iterable[tuple[object, ...]]
) -> dict[int, list[Row]]:
    by_run: dict[int, list[Row]] = {}
    for row in map(made_of, rows):
        by_run.setdefault(row.run, []).append(row)
    return by_run


def _runs(runs: CourseRunQuerySet) -> Iterable[tuple[object, ...]]:
    return runs.order_by().values_list(
        *("pk", "course_id", "code", "state", "selection_mode", "chooses_session"),
        *("waiting_list", "applications_open_at", "applications_close_at"),
        *("fee", "fee_note", "delivery"),
        *("has_childcare", "has_sign_language", "has_captioning"),
        *("venue__area", "venue__code"),
    )


def _sessions(sessions: QuerySet[Session]) -> Iterable[tuple[object, ...]]:
    area = Coalesce("room__venue__area", "venue__area")
    code = Coalesce("room__venue__code", "venue__code")
    return sessions.order_by("starts_at", "number", "pk").values_list(
        *("run_id", "pk", "state", "starts_at", "ends_at", "is_all_day"), area, code
    )


def _pools(pools: QuerySet[SeatPool]) -> Iterable[tuple[object, ...]]:
    return pools.order_by("kind", "pk").values_list(
        "run_id", "session_id", "kind", "capacity", "seats_taken"
    )
