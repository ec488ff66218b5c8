"""What a draw that is under way, or was told, means for everything else of its run."""

from datetime import datetime, time, timedelta

from django.db.models import Max

from courses.domain.fiscal_year import TOKYO
from courses.enums import WaitingPolicy
from courses.models import CourseRun
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.tiers import BY_LOT
from enrollments.enums import DrawState
from enrollments.models import Draw

UNDER_WAY = (DrawState.FROZEN, DrawState.HELD)


def standing_draws(run: CourseRun) -> list[Draw]:
    """Those not taken back, in order."""
    return list(run.draws.exclude(state=DrawState.TAKEN_BACK).order_by("round"))


def promotes_by_draw(run: CourseRun) -> bool:
    """Whether a place that comes free waits for a re-draw, so that nobody moves up by
    order. Until the first draw is told nobody moves up either."""
    if run.waiting_policy == WaitingPolicy.REDRAW:
        return True
    return run.draws.filter(state__in=UNDER_WAY).exists()


def waits_for_draw(run: CourseRun) -> bool:
    """Whether a new application goes into the draw. Once the result is told, whoever is
    let in late stands behind those who were drawn, as in any run.

    Raises: ListIsFrozen in between.
    """
    if run.selection_mode not in BY_LOT:
        return False
    states = set(run.draws.filter(round=0).values_list("state", flat=True))
    if states & set(UNDER_WAY):
        raise refusals.ListIsFrozen
    return DrawState.ANNOUNCED not in states


def require_capacity_kept(run: CourseRun) -> None:
    """For whoever takes places away. Raises: CapacityIsFrozen."""
    if run.draws.filter(state__in=UNDER_WAY).exists():
        raise refusals.CapacityIsFrozen


def next_round(run: CourseRun) -> int:
    """0 is the draw at the deadline; a run without one only has re-draws."""
    last = run.draws.exclude(state=DrawState.TAKEN_BACK).aggregate(Max("round"))
    if last["round__max"] is None:
        return 0 if run.selection_mode in BY_LOT else 1
    return int(last["round__max"]) + 1


def freezable_from(run: CourseRun) -> datetime | None:
    """After the deadline, and after the last day for paper."""
    closes = run.applications_close_at
    if closes is None or run.paper_deadline is None:
        return closes
    midnight = datetime.combine(run.paper_deadline, time.min, tzinfo=TOKYO)
    return max(closes, midnight + timedelta(days=1))
