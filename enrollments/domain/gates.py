"""Whether a run takes applications at a moment; the same answer for page and form."""

from datetime import datetime

from courses.domain.reception import facts_of
from courses.enums import RunState, SelectionMode
from courses.models import CourseRun
from enrollments.domain.refusals import (
    ApplicationNotNeeded,
    ApplicationsClosed,
    ApplicationsNotOpen,
    AppliesElsewhere,
    LateForThisWindow,
    RunNotHeld,
)


def require_open(*, run: CourseRun, at: datetime, override_reason: str = "") -> None:
    """Raises the refusal that applies; with a reason, staff may pass the window."""
    facts = facts_of(run)
    if facts.state in (RunState.CANCELLED, RunState.POSTPONED):
        raise RunNotHeld
    if run.selection_mode == SelectionMode.OPEN:
        raise ApplicationNotNeeded
    if override_reason:
        return
    if run.state == RunState.PLANNED or not run.course.is_public:
        raise ApplicationsNotOpen
    if run.applications_close_at is None:
        raise AppliesElsewhere
    if run.applications_open_at is not None and at < run.applications_open_at:
        raise ApplicationsNotOpen
    if at >= run.applications_close_at or (facts.ends_at and at >= facts.ends_at):
        raise ApplicationsClosed


def require_open_for_staff(
    *, run: CourseRun, at: datetime, override_reason: str = ""
) -> None:
    """As above, telling staff that a reason would let them go on."""
    try:
        require_open(run=run, at=at, override_reason=override_reason)
    except (ApplicationsNotOpen, ApplicationsClosed, AppliesElsewhere) as refusal:
        raise LateForThisWindow from refusal
