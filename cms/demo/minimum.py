"""One run to come has too few people yet, and its day of decision is near."""

from datetime import datetime, timedelta

from courses.enums import RunState, SelectionMode
from courses.models import CourseRun
from enrollments.domain.minimum import people_of

DECIDED_IN = timedelta(days=4)
MISSING = 3


def set_a_minimum(*, at: datetime) -> None:
    """Of the runs that take applications now, the one with the fewest people."""
    runs = list(
        CourseRun.objects.open_for_application(at)
        .filter(
            state=RunState.ANNOUNCED,
            selection_mode=SelectionMode.FIRST_COME,
            sessions__starts_at__gt=at + DECIDED_IN,
            course__department__code="civic",
            minimum_to_hold=None,
        )
        .order_by("code")
        .distinct()
    )
    people = people_of(runs)
    wide = [run for run in runs if people.get(run.pk, 0) + MISSING <= _places(run)]
    few = min(wide, key=lambda run: (people.get(run.pk, 0), run.code), default=None)
    if few is not None:
        few.minimum_to_hold = people.get(few.pk, 0) + MISSING
        few.decide_on = (at + DECIDED_IN).date()
        few.save(update_fields=["minimum_to_hold", "decide_on"])


def _places(run: CourseRun) -> int:
    return sum(pool.capacity or 0 for pool in run.pools.all())
