"""How a person stands to a run, as a calendar tells it: by all applications for it, of
which the best one shows."""

from collections.abc import Iterable, Set
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.domain.calendar_event import OwnPlace
from courses.enums import RunState
from enrollments.enums import ApplicationState as State
from enrollments.models import Transition
from enrollments.models.querysets import ApplicationQuerySet

PLACE, OFFERED, WAITING = "", "繰上げのご案内中", "キャンセル待ち"
# The best first.
MARKS = {State.ACCEPTED: PLACE, State.OFFERED: OFFERED, State.WAITING: WAITING}
ALL = frozenset(MARKS.values())
PLACES_ONLY = frozenset({PLACE})


class Counted(Protocol):
    """An application with the number and the latest of its changes of state."""

    @property
    def changes(self) -> int: ...
    @property
    def changed_at(self) -> datetime | None: ...


def with_changes(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """With what `standing_as` counts."""
    return applications.annotate(changes=number_of_changes(), changed_at=latest_change())


def number_of_changes() -> Coalesce:
    """Whatever else is joined does not count twice."""
    return Coalesce(Subquery(_transitions(Count("pk"))), 0)


def latest_change() -> Subquery:
    return Subquery(_transitions(Max("at")))


def _transitions(what: Count | Max) -> QuerySet[Transition, Any]:
    own = Transition.objects.filter(application=OuterRef("pk")).order_by()
    return own.values("application").annotate(found=what).values("found")


def standing_as(mark: str, applications: Iterable[Counted]) -> OwnPlace:
    """All applications of a person for a run count as changes, so that SEQUENCE only
    grows."""
    counted = list(applications)
    dates = [application.changed_at for application in counted]
    return OwnPlace(
        mark=mark,
        changes=sum(application.changes for application in counted),
        changed_at=max((date for date in dates if date), default=None),
    )


def mark_of(state: str, run_state: str, *, among: Set[str] = ALL) -> str | None:
    """None where a calendar shows nothing. A run that is called off ends its
    applications, and must not just disappear."""
    if state == State.CANCELLED and run_state == RunState.CANCELLED:
        return PLACE
    mark = MARKS.get(State(state))
    return mark if mark in among else None


def best_of(marks: Iterable[str | None]) -> str | None:
    there = set(marks)
    return next((mark for mark in MARKS.values() if mark in there), None)
