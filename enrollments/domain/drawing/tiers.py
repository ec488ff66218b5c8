"""Who is drawn before the others: the first priority of the run that somebody meets
gives the tier, 0 for the first; who meets none comes after all of them."""

from collections.abc import Collection, Iterable
from typing import Any

from accounts.enums import Residency
from courses.enums import DrawTier, SelectionMode
from courses.models import CourseRun
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, PersonKey

BY_LOT = (SelectionMode.LOTTERY, SelectionMode.LOTTERY_IF_OVER)
# Whoever was drawn too late to get a place has lost as well.
WITHOUT_A_PLACE = (State.LOST, State.WAITING, State.EXPIRED)


def tiers_of(run: CourseRun, applications: Iterable[Application]) -> dict[int, int]:
    """The tier of each application of the run, by its key; a fixed number of queries."""
    order = [DrawTier(value) for value in run.draw_tiers]
    if not order:
        return {application.pk: 0 for application in applications}
    keys = _keys_in(run) if set(order) - {DrawTier.RESIDENTS} else {}
    came = _keys_of_those_who_came(run) if DrawTier.FIRST_TIME in order else frozenset()
    lost = _keys_of_those_who_lost(run) if DrawTier.LOST_BEFORE in order else frozenset()

    def meets(tier: DrawTier, application: Application) -> bool:
        own = keys.get(application.pk, frozenset())
        if tier == DrawTier.RESIDENTS:
            return application.residency == Residency.RESIDENT
        if tier == DrawTier.FIRST_TIME:
            return not own & came
        return bool(own & lost)

    return {
        application.pk: next(
            (n for n, tier in enumerate(order) if meets(tier, application)), len(order)
        )
        for application in applications
    }


def _keys_in(run: CourseRun) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = PersonKey.objects.filter(application__run=run)
    for application, key in rows.values_list("application", "key").iterator():
        found.setdefault(application, set()).add(key)
    return {application: frozenset(keys) for application, keys in found.items()}


def _keys_of_those_who_came(run: CourseRun) -> frozenset[str]:
    """Had a place in another run of the course, and did not give it up."""
    others = _earlier_runs(run)
    return _keys(application__run__in=others, application__state=State.ACCEPTED)


def _keys_of_those_who_lost(run: CourseRun) -> frozenset[str]:
    """Got no place in the last run of the course that was decided by lot."""
    last = _earlier_runs(run).filter(selection_mode__in=BY_LOT).first()
    if last is None:
        return frozenset()
    return _keys(application__run=last, application__state__in=WITHOUT_A_PLACE)


def _earlier_runs(run: CourseRun) -> Any:
    """The last to have closed first."""
    return CourseRun.objects.filter(
        course=run.course_id, applications_close_at__lt=run.applications_close_at
    ).order_by("-applications_close_at", "-pk")


def _keys(**where: Collection[Any] | Any) -> frozenset[str]:
    return frozenset(PersonKey.objects.filter(**where).values_list("key", flat=True))
