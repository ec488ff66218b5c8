"""What became of a next step is kept up after publication, by either side: done on a day,
or still open, with a line that says how it stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from enrollments.domain.shared_findings.agreeing import note
from enrollments.domain.shared_findings.authors import Author
from enrollments.domain.shared_findings.refusals import NoSuchStep
from enrollments.domain.shared_findings.writing import lock_findings
from enrollments.enums import FindingsAct
from enrollments.models import NextStep, SharedFindings


def follow_step(
    *,
    findings: SharedFindings,
    key: UUID,
    done_on: date | None,
    words: str,
    author: Author,
    at: datetime,
) -> NextStep:
    """Raises: NoSuchStep."""
    with transaction.atomic():
        locked = lock_findings(findings)
        step = locked.steps.filter(key=key).first()
        if step is None:
            raise NoSuchStep
        step.done_on, step.note = done_on, words.strip()[:200]
        step.save(update_fields=["done_on", "note"])
        stands = done_on.isoformat() if done_on else "―"
        note(locked, FindingsAct.STEP, author, at, f"{step.what}　{stands}　{step.note}")
    return step
