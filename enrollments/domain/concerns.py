"""Which runs an officer has to look at now: those that close within a week, that are
full, or to which shortly before the end nobody or hardly anybody has applied."""

from datetime import datetime, timedelta

from courses.enums import ReceptionStatus, SelectionMode
from courses.models import CourseRun
from enrollments.enums import Concern

CLOSING = timedelta(days=7)
# Early enough to put up a poster, or to call the run off.
SOON = timedelta(days=14)
FEW = 1 / 3
TAKES_APPLICATIONS = (
    ReceptionStatus.OPEN,
    ReceptionStatus.WAITING_LIST,
    ReceptionStatus.FULL,
)


def concerns(
    run: CourseRun,
    *,
    status: ReceptionStatus,
    taken: int,
    capacity: int | None,
    applied: int,
    at: datetime,
) -> list[Concern]:
    """`taken` seats of `capacity` (none: no number was set); `applied` counts the
    applications that hold or may still get a place."""
    closes_at = run.applications_close_at
    if status not in TAKES_APPLICATIONS or closes_at is None:
        return []
    left = closes_at - at
    found = [Concern.CLOSING] if left <= CLOSING else []
    first_come = run.selection_mode == SelectionMode.FIRST_COME
    if first_come and capacity is not None and taken >= capacity:
        return [*found, Concern.FULL]
    if left <= SOON and not applied:
        return [*found, Concern.EMPTY]
    if left <= SOON and capacity is not None and applied < capacity * FEW:
        return [*found, Concern.FEW]
    return found
