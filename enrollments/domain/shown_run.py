"""A run as its pages show it: what is offered is kept until it changes, who has taken it
is counted anew each time. Only for showing: an application reads everything itself, under
the lock.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TypeVar, cast

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.domain.purpose import notice_in_force
from accounts.models import PurposeNotice
from courses.domain.pools import offered_pools
from courses.domain.queries import with_facts
from courses.models import CourseRun, SeatPool
from courses.models.querysets import CourseRunQuerySet

MOST_KEPT = 100
Fact = TypeVar("Fact")
POOL_COLUMNS = ("id", "run_id", "session_id", "kind", "capacity", "seats_taken")
# By hand, because Django takes ten times as long to write it as the database to answer.
POOLS = f"""
SELECT {", ".join(f"p.{name}" for name in POOL_COLUMNS)},
       (SELECT COUNT(*) FROM enrollments_application a
         WHERE a.run_id = p.run_id AND a.pool_id = p.id AND a.state = 'waiting')
  FROM courses_seatpool p WHERE p.run_id = %s ORDER BY p.kind, p.id
"""  # noqa: S608 (names of columns)


class Offered:
    """Facts of one generation (ADR 11). Without one, as in the middle of migrations,
    everything is read. What it returns is shared by requests and must not be changed.
    """

    _kept: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
    _lock = Lock()

    def __init__(self, generation: int | None = None) -> None:
        """`generation` where somebody has asked already."""
        if generation is not None:
            self.generation = generation

    @cached_property
    def generation(self) -> int | None:
        return cast("int | None", import_string(settings.FACTS_GENERATION)())

    def run(self, code: str) -> CourseRun:
        """A public run with `waiting`. Raises: CourseRun.DoesNotExist."""
        runs = CourseRun.objects.public()
        return _with_counts(self._recall(("code", code), lambda: _read(runs, code=code)))

    def run_of(self, pk: int) -> CourseRun:
        """Any run: those who have applied are shown it after it was taken back too."""
        runs = CourseRun.objects.all()
        return _with_counts(self._recall(("pk", pk), lambda: _read(runs, pk=pk)))

    def notice(self, key: str, *, at: datetime) -> PurposeNotice | None:
        day = timezone.localdate(at)
        return self._recall(("notice", key, day), lambda: notice_in_force(key=key, at=at))

    def _recall(self, key: Hashable, read: Callable[[], Fact]) -> Fact:
        if self.generation is None:
            return read()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[0] == self.generation:
            return cast("Fact", kept[1])
        fact = read()
        with self._lock:
            self._kept[key] = self.generation, fact
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return fact


def _read(runs: CourseRunQuerySet, **which: object) -> CourseRun:
    asked = ("requirements", "questions", "support_offers")
    found = with_facts(runs).prefetch_related(*asked)
    return found.select_related("course__department", "venue").get(**which)


def _with_counts(kept: CourseRun) -> CourseRun:
    """The run with its pools as they are now, each with `waiting`; so has the run, for
    a resident who applies."""
    run = copy.copy(kept)
    pools = _pools_of(run)
    found = SeatPool.objects.all()
    found._result_cache = pools
    prefetched = getattr(kept, "_prefetched_objects_cache", {})
    run._prefetched_objects_cache = {**prefetched, "pools": found}  # type: ignore[attr-defined]
    run.waiting = sum(pool.waiting for pool in offered_pools(run))  # type: ignore[attr-defined]
    return run


def _pools_of(run: CourseRun) -> list[SeatPool]:
    with connection.cursor() as cursor:
        cursor.execute(POOLS, [run.pk])
        rows = cursor.fetchall()
    pools = []
    for *columns, waiting in rows:
        pool = SeatPool(**dict(zip(POOL_COLUMNS, columns, strict=True)))
        pool._state.adding, pool._state.db = False, connection.alias
        pool.run = run
        pool.waiting = waiting  # type: ignore[attr-defined]
        pools.append(pool)
    return pools
