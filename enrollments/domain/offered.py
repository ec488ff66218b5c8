"""A run as it is offered, kept until that changes; who has taken a place is read anew
each time. Right at the moment at which the generation was asked, so an application, which
asks after it has the run's lock, sees what it would read.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.domain.purpose import notice_in_force
from accounts.models import PurposeNotice
from courses.domain.pools import offered_pools
from courses.domain.queries import with_place
from courses.models import (
    CourseRun,
    Requirement,
    RunQuestion,
    SeatPool,
    Session,
    SupportOffer,
)
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.pools_now import (
    SOMEBODY_WAITS,
    WAITING,
    Known,
    pools_and_known,
    pools_as_they_are,
)

MOST_KEPT = 100
Fact = TypeVar("Fact")


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

    @classmethod
    def now(cls) -> "Offered":
        """For a transaction that has changed nothing yet."""
        return cls(_generation())

    @cached_property
    def generation(self) -> int | None:
        # What a transaction has changed itself is counted only when it commits.
        return None if connection.in_atomic_block else _generation()

    @classmethod
    def forget(cls) -> None:
        """For tests, whose databases come and go."""
        with cls._lock:
            cls._kept.clear()

    def run(self, code: str) -> CourseRun:
        """A public run with `waiting`. Raises: CourseRun.DoesNotExist."""
        return _with_counts(
            self._recall(
                ("code", code), lambda: _read(CourseRun.objects.public(), code=code)
            )
        )

    def run_of(self, pk: int) -> CourseRun:
        """Any run: those who have applied are shown it after it was taken back too."""
        return _with_counts(self._any_run(pk))

    def run_with_places(self, pk: int) -> CourseRun:
        """Nobody counts how many wait; each pool's `waiting` says whether somebody does."""
        kept = self._any_run(pk)
        return _with_pools(kept, pools_as_they_are(kept, SOMEBODY_WAITS))

    def run_to_apply_for(
        self, pk: int, *, form: UUID, keys: frozenset[str]
    ) -> tuple[CourseRun, Known]:
        """The same, and whether this form and this person are there already."""
        kept = self._any_run(pk)
        pools, known = pools_and_known(kept, form=form, keys=keys)
        return _with_pools(kept, pools), known

    def _any_run(self, pk: int) -> CourseRun:
        return self._recall(("pk", pk), lambda: _read(CourseRun.objects.all(), pk=pk))

    def notice(self, key: str, *, at: datetime) -> PurposeNotice | None:
        day = timezone.localdate(at)
        return self._recall(("notice", key, day), lambda: notice_in_force(key=key, at=at))

    def wordings(self) -> OwnWordings:
        return self._recall("wordings", OwnWordings)

    def _recall(self, which: Hashable, read: Callable[[], Fact]) -> Fact:
        if self.generation is None:
            return read()
        with self._lock:
            kept = self._kept.get(which)
        if kept is not None and kept[0] == self.generation:
            return cast("Fact", kept[1])
        fact = read()
        with self._lock:
            self._kept[which] = self.generation, fact
            self._kept.move_to_end(which)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return fact


def _generation() -> int | None:
    return cast("int | None", import_string(settings.FACTS_GENERATION)())


def _read(runs: CourseRunQuerySet, **which: object) -> CourseRun:
    sessions = with_place(Session.objects.select_related("venue", "room__venue"))
    requirements = Requirement.objects.select_related("completed_course")
    found = runs.select_related(
        "course__department", "venue", "question_call"
    ).prefetch_related(
        Prefetch("sessions", sessions),
        "ways_in",
        Prefetch("requirements", requirements.order_by("group", "pk")),
        Prefetch("questions", RunQuestion.objects.order_by("position", "pk")),
        Prefetch("support_offers", SupportOffer.objects.order_by("pk")),
    )
    return found.get(**which)


def _with_counts(kept: CourseRun) -> CourseRun:
    """Each pool with `waiting`; so has the run, for a resident who applies."""
    run = _with_pools(kept, pools_as_they_are(kept, WAITING))
    run.waiting = sum(pool.waiting for pool in offered_pools(run))  # type: ignore[attr-defined]
    return run


def _with_pools(kept: CourseRun, now: list[SeatPool]) -> CourseRun:
    """A copy of the run with its pools as they are now."""
    run = copy.copy(kept)
    for pool in now:
        pool.run = run
    pools = SeatPool.objects.all()
    pools._result_cache = now
    prefetched = getattr(kept, "_prefetched_objects_cache", {})
    run._prefetched_objects_cache = {**prefetched, "pools": pools}  # type: ignore[attr-defined]
    return run
