"""What a form showed of a run, so that an old tab does not undo a newer change."""

import hashlib
from dataclasses import fields

from courses.domain.run_plan import APART, RunPlan
from courses.models import CourseRun, SessionInstructor

SHOWN = tuple(field.name for field in fields(RunPlan) if field.name not in APART)


def fingerprint_of(run: CourseRun) -> str:
    """The same text as long as facts, capacities and sessions are the same; 32 digits.

    Seats taken are left aside: people apply while an officer writes.
    """
    facts = CourseRun.objects.filter(pk=run.pk).values_list("state", *SHOWN).get()
    pools = run.pools.order_by("pk").values_list("pk", "session", "capacity")
    sessions = run.sessions.order_by("pk").values_list(
        *("pk", "state", "starts_at", "ends_at", "title", "venue", "room", "online_url"),
        "is_required",
    )
    teaching = (
        SessionInstructor.objects.filter(session__run=run)
        .order_by("session", "instructor")
        .values_list("session", "instructor", "override_reason")
    )
    asked = [
        list(rows.order_by("pk").values())
        for rows in (run.requirements, run.questions, run.support_offers)
    ]
    text = repr((facts, list(pools), list(sessions), list(teaching), asked))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
