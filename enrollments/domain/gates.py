"""Whether a run takes applications at a moment; the same answer for page and form."""

from datetime import datetime

from courses.domain.reception import RunFacts, facts_of, reception_status
from courses.enums import ReceptionStatus as Status
from courses.enums import RunState
from courses.models import CourseRun
from enrollments.domain.refusals import (
    ApplicationNotNeeded,
    ApplicationsClosed,
    ApplicationsNotOpen,
    AppliesElsewhere,
    RunFull,
    RunNotHeld,
)

NOT_HELD = (Status.CANCELLED, Status.POSTPONED)


def require_open(*, run: CourseRun, at: datetime, override_reason: str = "") -> RunFacts:
    """Raises the refusal that applies; with a reason, staff may pass the window. Places
    are counted later, under the lock."""
    facts = facts_of(run)
    status = reception_status(facts, at=at)
    if status in NOT_HELD:
        raise RunNotHeld
    if status == Status.NOT_NEEDED:
        raise ApplicationNotNeeded
    if override_reason:
        return facts
    if run.state == RunState.PLANNED or not run.course.is_public:
        raise ApplicationsNotOpen
    if status == Status.NOT_YET:
        raise ApplicationsNotOpen
    if facts.closes_at is None:
        raise AppliesElsewhere
    if status == Status.ENDED or at >= facts.closes_at:
        raise ApplicationsClosed
    return facts


def require_a_chance(*, run: CourseRun, at: datetime) -> None:
    """For residents, before they type: open, and a place or a waiting list to get onto.

    Raises: as above, and RunFull.
    """
    facts = require_open(run=run, at=at)
    if not facts.has_places:
        raise AppliesElsewhere
    if reception_status(facts, at=at) == Status.FULL:
        raise RunFull
