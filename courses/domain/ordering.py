"""What one can join comes first: with a place, with a waiting list, then the others;
each by its next session. Newest, closing soonest and nearest are orders to choose.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from courses.domain.nearness import Distance
from courses.domain.offered_runs import TAKING, OfferedRun, read_runs
from courses.domain.queries import USEFULNESS, to_come
from courses.enums import CatalogueOrder, ReceptionStatus
from courses.models.querysets import CourseQuerySet

Place = tuple[float, ...]
FAR = float("inf")
OVER = len(USEFULNESS)  # behind everything that is still to come
WITHIN_REACH = (*TAKING, ReceptionStatus.NOT_NEEDED, ReceptionStatus.NOT_YET)
OfferedByCourse = Mapping[int, Sequence[OfferedRun]]


def joinable_first(courses: CourseQuerySet, *, at: datetime) -> list[int]:
    """Primary keys of these courses that have something to come, in three queries."""
    coming = to_come(at).filter(course__in=courses.order_by().values("pk"))
    found: dict[int, list[OfferedRun]] = {}
    for run in read_runs(coming, at=at):
        if run.status != ReceptionStatus.ENDED:
            found.setdefault(run.course, []).append(run)
    return in_order(found, CatalogueOrder.SOONEST, at=at)


def in_order(found: OfferedByCourse, order: CatalogueOrder, *, at: datetime) -> list[int]:
    """Courses by the best of their runs; what is equal, soonest first."""
    places = {
        course: _place(runs, order, at) + _soonest(runs, at)
        for course, runs in found.items()
    }
    return sorted(found, key=lambda course: (places[course], course))


def by_rank(found: OfferedByCourse, ranked: Iterable[int]) -> list[int]:
    """As full-text search ranked them, with what is over at the end."""
    fitting = [course for course in ranked if course in found]
    return sorted(fitting, key=lambda course: not _is_coming(found[course]))


def nearest_first(
    ordered: Iterable[int], distances: Mapping[int, Distance], found: OfferedByCourse
) -> list[int]:
    """By distance, what one can still come to before the rest; what has no place, or an
    unknown one, comes last of its part."""
    return sorted(
        ordered,
        key=lambda course: (
            not _is_to_be_had(found[course]),
            distances[course].place_in_line,
        ),
    )


def _place(runs: Sequence[OfferedRun], order: CatalogueOrder, at: datetime) -> Place:
    if order == CatalogueOrder.CLOSING:
        return (_closes(runs),)
    if order == CatalogueOrder.NEWEST:
        # Rows are numbered as they are entered.
        newest = max((run.pk for run in runs), default=0)
        return (not _is_coming(runs), -newest)
    return ()


def _soonest(runs: Sequence[OfferedRun], at: datetime) -> Place:
    return min((_in_line(run, at) for run in runs), default=(OVER, FAR))


def _in_line(run: OfferedRun, at: datetime) -> tuple[float, float]:
    """What is over stands behind, the latest first."""
    if not run.is_coming or run.status == ReceptionStatus.ENDED:
        latest = max((m.starts_at.timestamp() for m in run.meetings), default=-FAR)
        return OVER, -latest
    coming = (m.starts_at.timestamp() for m in run.meetings if m.ends_at > at)
    return USEFULNESS[run.status], min(coming, default=FAR)


def _closes(runs: Sequence[OfferedRun]) -> float:
    """When the last chance to apply passes next; never for what takes no applications."""
    closing = (
        run.closes_at.timestamp() for run in runs if run.closes_at and run.status in TAKING
    )
    return min(closing, default=FAR)


def _is_to_be_had(runs: Iterable[OfferedRun]) -> bool:
    return any(run.is_coming and run.status in WITHIN_REACH for run in runs)


def _is_coming(runs: Iterable[OfferedRun]) -> bool:
    return any(run.is_coming for run in runs)
