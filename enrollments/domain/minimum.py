"""開催に必要な人数: on the day set for it an officer decides whether a run with too few
people is held; it is called off in one act, or the decision to hold it is recorded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from courses.domain.changes import record_change
from courses.domain.sessions import lock_as
from courses.enums import ChangeAct, RunState
from courses.models import CourseRun
from enrollments.domain.refusals import NothingToDecide
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import LIVE

# Early enough to telephone, or to put up one more poster.
NEAR = timedelta(days=7)
TOO_FEW = "申込みが開催に必要な人数に満たなかったため"
COUNTED = LIVE - {State.WAITING}


@dataclass(frozen=True)
class Minimum:
    """How a run stands to its minimum, in persons."""

    needed: int
    people: int
    decide_on: date | None

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.people)

    def is_due(self, *, today: date) -> bool:
        """The day is near or over and nobody has decided."""
        return self.decide_on is not None and self.decide_on <= today + NEAR


def minimum_of(run: CourseRun) -> Minimum | None:
    """None where the run has none, or is not on."""
    if run.minimum_to_hold is None or run.state != RunState.ANNOUNCED:
        return None
    return Minimum(run.minimum_to_hold, people_of([run]).get(run.pk, 0), run.decide_on)


def people_of(runs: list[CourseRun]) -> dict[int, int]:
    """By run, how many persons have a place or may still get one by draw or screening;
    those on a waiting list are counted by nobody."""
    counted = (
        Application.objects.filter(run__in=runs, state__in=COUNTED)
        .order_by()
        .values_list("run")
        .annotate(people=Count("participants"))
    )
    return dict(counted)


def decide_to_hold(*, run: CourseRun, by: User, at: datetime) -> CourseRun:
    """Held, even with fewer. The day of decision is over; the record says who decided.

    Raises: NotAllowed, NothingToDecide.
    """
    with transaction.atomic():
        fresh = lock_as(by, run.pk)
        if fresh.decide_on is None or fresh.state != RunState.ANNOUNCED:
            raise NothingToDecide
        decided = [["開催の決定", f"{fresh.decide_on:%Y-%m-%d}に決める", "開催する"]]
        record_change(subject=fresh, act=ChangeAct.CHANGED, by=by, at=at, fields=decided)
        fresh.decide_on = None
        fresh.save(update_fields=["decide_on"])
    return fresh
