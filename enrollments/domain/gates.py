"""Whether a run takes applications at a moment; the same answer for page and form."""

from datetime import date, datetime

from django.utils import timezone

from accounts.domain.refusal import Refusal
from courses.domain.reception import RunFacts, facts_of, reception_status
from courses.domain.ways_in import facts_for
from courses.domain.wording import moment_words
from courses.enums import PaperRule, PoolKind, RunState
from courses.enums import ReceptionStatus as Status
from courses.models import CourseRun
from courses.models.localised import in_english
from enrollments.domain.paper import require_paper_in_time
from enrollments.domain.refusals import (
    ApplicationNotNeeded,
    ApplicationsClosed,
    ApplicationsNotOpen,
    AppliesElsewhere,
    RunNotHeld,
)

NOT_HELD = (Status.CANCELLED, Status.POSTPONED)


def require_open(
    *,
    run: CourseRun,
    at: datetime,
    override_reason: str = "",
    by_post: bool = False,
    postmarked_on: date | None = None,
    kind: PoolKind | None = None,
) -> RunFacts:
    """Raises the refusal that applies; with a reason, staff may pass the window. What
    came `by_post` ends with the run's paper deadline, if it has one. Places of a `kind`
    that has its own window are asked about in that. Places are counted later, under the
    lock."""
    facts = facts_for(run, facts_of(run, at=at), kind)
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
        raise ApplicationsNotOpen(_opens(facts, at))
    if status == Status.ENDED:
        raise ApplicationsClosed
    if by_post and run.paper_deadline:
        require_paper_in_time(
            rule=PaperRule(run.paper_rule),
            deadline=run.paper_deadline,
            received_on=timezone.localdate(at),
            postmarked_on=postmarked_on,
        )
        return facts
    if facts.closes_at is None:
        raise AppliesElsewhere
    if at >= facts.closes_at:
        raise ApplicationsClosed
    return facts


def is_open(run: CourseRun, kind: PoolKind, *, at: datetime) -> bool:
    """Whether somebody could apply for places of this kind now, free or not."""
    try:
        require_open(run=run, at=at, kind=kind)
    except Refusal:
        return False
    return True


def _opens(facts: RunFacts, at: datetime) -> str:
    if facts.opens_at is None:
        return ""
    english = in_english()
    return moment_words(facts.opens_at, today=timezone.localdate(at), english=english)
