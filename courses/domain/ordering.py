"""What one can join comes first: with a place, with a waiting list, then the others;
each by the date that its card shows (`main_run`)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, Q

from courses.domain.queries import USEFULNESS, free_pools, resident_pools, to_come
from courses.domain.reception import RunFacts, reception_status
from courses.enums import ReceptionStatus, RunState, SelectionMode
from courses.models.querysets import HELD, CourseQuerySet

Place = tuple[int, float]
FAR = float("inf")


def joinable_first(
    courses: CourseQuerySet, *, at: datetime, with_past: bool = False
) -> list[int]:
    """Primary keys of these courses that have something to come, in one plain query,
    as this stands behind every catalogue page; `with_past` adds the others, newest
    first."""
    best: dict[int, Place] = {}
    for course, place in _places(courses, at):
        best[course] = min(place, best.get(course, place))
    in_order = sorted(best, key=lambda course: (best[course], course))
    if not with_past:
        return in_order
    newest = courses.order_by("-published_at", "pk").values_list("pk", flat=True)
    return in_order + [course for course in newest if course not in best]


def _places(courses: CourseQuerySet, at: datetime) -> Iterator[tuple[int, Place]]:
    """Of each run: its course, and where it would stand in line."""
    held = Q(sessions__state__in=HELD)
    runs = (
        to_come(at)
        .filter(course__in=courses.order_by().values("pk"))
        .annotate(
            held=Count("sessions", filter=held),
            known=Count("sessions"),
            ends=Max("sessions__ends_at", filter=held),
            next_at=Min("sessions__starts_at", filter=held & Q(sessions__ends_at__gt=at)),
            has_places=Exists(resident_pools()),
            has_room=Exists(free_pools()),
        )
        .order_by()
    )
    names = (
        *("course_id", "state", "selection_mode", "waiting_list", "next_at", "ends"),
        *("applications_open_at", "applications_close_at"),
        *("held", "known", "has_places", "has_room"),
    )
    for row in runs.values(*names):
        status = reception_status(_facts(row), at=at)
        if status != ReceptionStatus.ENDED:
            when = row["next_at"].timestamp() if row["next_at"] else FAR
            yield row["course_id"], (USEFULNESS[status], when)


def _facts(row: dict[str, Any]) -> RunFacts:
    called_off = row["known"] and not row["held"]
    announced = row["state"] == RunState.ANNOUNCED
    return RunFacts(
        state=RunState.CANCELLED if announced and called_off else RunState(row["state"]),
        mode=SelectionMode(row["selection_mode"]),
        opens_at=row["applications_open_at"],
        closes_at=row["applications_close_at"],
        waiting_list=row["waiting_list"],
        capacity=None,
        seats_left=None if row["has_room"] else 0,
        ends_at=row["ends"],
        has_places=row["has_places"],
    )
