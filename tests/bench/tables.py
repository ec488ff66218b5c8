"""A table plan of 200 people, beside sorting the same number of digests as many times as
takes about a tenth of a second on a quiet machine."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from enrollments.domain.tables.plan import plan_tables
from tests.enrollments.tables.gatherings import joint_session

PEOPLE, TABLES, TIMES = 200, 34, 5
REFERENCE = 100_000


def rows() -> dict[str, Any]:
    """The least of several times, as CPU: other work on the machine counts less."""
    people = joint_session(PEOPLE, seed=1)
    locks = {person.key: 1 + person.key % TABLES for person in people[:40]}
    bare = _least(_digests)
    free = _least(lambda: plan_tables(people, tables=TABLES, seed="1"))
    kept = _least(lambda: plan_tables(people, tables=TABLES, seed="1", locks=locks))
    return {
        f"{REFERENCE:,} digests, CPU ms": round(bare * 1000),
        f"table plan of {PEOPLE}, CPU ms": {
            "value": round(free * 1000),
            "to the digests": round(free / bare, 2),
        },
        f"table plan of {PEOPLE}, 40 locked, CPU ms": {
            "value": round(kept * 1000),
            "to the digests": round(kept / bare, 2),
        },
    }


def _digests() -> None:
    for number in range(REFERENCE):
        sha256(str(number).encode()).hexdigest()


def _least(work: Callable[[], object]) -> float:
    found = []
    for _time in range(TIMES):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)
