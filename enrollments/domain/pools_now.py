"""The places of a run at this moment, who waits for them, and whether those who want one
are there already: in one statement, as it is made while everybody waits for the lock."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from courses.models import CourseRun, SeatPool
from enrollments.models import Application

POOL_COLUMNS = ("id", "run_id", "session_id", "kind", "capacity", "seats_taken")
# By hand, because Django takes ten times as long to write it as the database to answer.
POOLS = f"""
SELECT {", ".join(f"p.{name}" for name in POOL_COLUMNS)}, {{}}
  FROM courses_seatpool p WHERE p.run_id = %s ORDER BY p.kind, p.id
"""  # noqa: S608 (names of columns)
IN_LINE = """
  FROM enrollments_application a
  WHERE a.run_id = p.run_id AND a.pool_id = p.id AND a.state = 'waiting')
"""
WAITING = f"(SELECT COUNT(*) {IN_LINE}"
SOMEBODY_WAITS = f"EXISTS(SELECT 1 {IN_LINE}"
SENT = """
(SELECT a.id FROM enrollments_application a
  WHERE a.run_id = p.run_id AND a.submission_key = %s)
"""
CLAIMED = """
EXISTS(SELECT 1 FROM enrollments_personclaim c WHERE c.run_id = p.run_id AND c.key IN ({}))
"""


@dataclass(frozen=True)
class Known:
    """`first` is the application that the same form made; `claimed` if the run has
    somebody with one of the person's keys."""

    first: int | None = None
    claimed: bool = False


def pools_as_they_are(run: CourseRun, counted: str) -> list[SeatPool]:
    """Each with `waiting`; `counted` is `WAITING` or, where it does not matter how many,
    `SOMEBODY_WAITS`."""
    return [pool for pool, _more in _pools(run, [counted])]


def pools_and_known(
    run: CourseRun, *, form: UUID, keys: frozenset[str]
) -> tuple[list[SeatPool], Known]:
    """For one who applies. A run without places has nobody."""
    column = Application._meta.get_field("submission_key")
    among = ", ".join(["%s"] * len(keys)) or "NULL"
    found = _pools(
        run,
        [SOMEBODY_WAITS, SENT, CLAIMED.format(among)],
        column.get_db_prep_value(form, connection),
        *keys,
    )
    known = Known()
    for _pool, (first, claimed) in found[:1]:
        known = Known(first, bool(claimed))
    return [pool for pool, _more in found], known


def _pools(
    run: CourseRun, asked: list[str], *values: Any
) -> list[tuple[SeatPool, list[Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(POOLS.format(", ".join(asked)), [*values, run.pk])
        rows = cursor.fetchall()
    pools = []
    for row in rows:
        columns, (waiting, *more) = row[: len(POOL_COLUMNS)], row[len(POOL_COLUMNS) :]
        pool = SeatPool(**dict(zip(POOL_COLUMNS, columns, strict=True)))
        pool._state.adding, pool._state.db = False, connection.alias
        pool.run = run
        pool.waiting = waiting  # type: ignore[attr-defined]
        pools.append((pool, more))
    return pools
