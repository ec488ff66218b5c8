"""The places of a run at this moment, and how many wait for each of them."""

from django.db import connection

from courses.models import CourseRun, SeatPool

POOL_COLUMNS = ("id", "run_id", "session_id", "kind", "capacity", "seats_taken")
# By hand, because Django takes ten times as long to write it as the database to answer.
POOLS = f"""
SELECT {", ".join(f"p.{name}" for name in POOL_COLUMNS)}, {{}}
  FROM courses_seatpool p WHERE p.run_id = %s ORDER BY p.kind, p.id
"""  # noqa: S608 (names of columns)
WAITING = """
(SELECT COUNT(*) FROM enrollments_application a
  WHERE a.run_id = p.run_id AND a.pool_id = p.id AND a.state = 'waiting')
"""
NOT_COUNTED = "0"


def pools_as_they_are(run: CourseRun, counted: str) -> list[SeatPool]:
    """Each with `waiting`; `counted` is `WAITING` or, where nobody looks at that,
    `NOT_COUNTED`."""
    with connection.cursor() as cursor:
        cursor.execute(POOLS.format(counted), [run.pk])
        rows = cursor.fetchall()
    pools = []
    for *columns, waiting in rows:
        pool = SeatPool(**dict(zip(POOL_COLUMNS, columns, strict=True)))
        pool._state.adding, pool._state.db = False, connection.alias
        pool.run = run
        pool.waiting = waiting  # type: ignore[attr-defined]
        pools.append(pool)
    return pools
