"""Many runs with their sessions and places in three plain queries: one query for all of it
made the database repeat each run for each of its sessions."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from courses.domain.plain_runs import (
    PlainPool,
    PlainRun,
    PlainSession,
    PlainVenue,
    Row,
    Rows,
)
from courses.domain.queries import with_place
from courses.models import SeatPool, Session
from courses.models.querysets import CourseRunQuerySet, SessionQuerySet

# Beyond this a list of keys costs the database more than asking for the runs again.
FEW_KEYS = 1000
RUN_COLUMNS = (
    *("pk", "course_id", "code", "state", "selection_mode", "chooses_session"),
    *("waiting_list", "applications_open_at", "applications_close_at", "created_at"),
    *("capacity_unit", "fee", "fee_note", "delivery"),
    *("has_childcare", "has_sign_language", "has_captioning"),
    *("venue__name", "venue__area", "venue__code"),
)


def read_plain(runs: CourseRunQuerySet) -> list[PlainRun]:
    """In the order of the queryset, if it has one."""
    rows: list[Any] = list(runs.values_list(*RUN_COLUMNS))
    of_these = Q(run__among=[row[0] for row in rows])
    if len(rows) > FEW_KEYS:
        of_these = Q(run__in=runs.order_by().values("pk"))
    sessions = _by_run(PlainSession._make, _sessions(Session.objects.filter(of_these)))
    pools = _by_run(PlainPool._make, _pools(SeatPool.objects.filter(of_these)))
    # The columns stand in the order of its fields.
    found, made_of = [], cast("Callable[..., PlainRun]", PlainRun)
    for *columns, name, area, code in rows:
        key = columns[0]
        venue = PlainVenue(name, area) if code is not None else None
        own = sessions.get(key) or Rows(), pools.get(key) or Rows()
        found.append(made_of(*columns, venue, *own))
    return found


def _by_run(
    made_of: Callable[[Iterable[object]], Row], rows: Iterable[tuple[object, ...]]
) -> dict[int, Rows[Row]]:
    by_run: dict[int, Rows[Row]] = {}
    for row in map(made_of, rows):
        by_run.setdefault(row.run_id, Rows()).append(row)
    return by_run


def _sessions(sessions: SessionQuerySet) -> Iterable[tuple[object, ...]]:
    code = Coalesce("room__venue__code", "venue__code", "run__venue__code")
    return with_place(sessions).values_list(
        *("run_id", "pk", "number", "state", "starts_at", "ends_at", "is_all_day"),
        *("room_name", "venue_name", "area"),
        code,
    )


def _pools(pools: QuerySet[SeatPool]) -> Iterable[tuple[object, ...]]:
    return pools.order_by("kind", "pk").values_list(
        "run_id", "pk", "session_id", "kind", "capacity", "seats_taken"
    )
