"""Findings go public when both sides have approved the version as it stands; whatever is
written afterwards waits for both again, while the public reads what they agreed on."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from enrollments.domain.shared_findings.authors import Author, staff_author
from enrollments.domain.shared_findings.content import content_from
from enrollments.domain.shared_findings.refusals import NotApprovedByBoth, NotThisVersion
from enrollments.domain.shared_findings.writing import latest_version, lock_findings
from enrollments.enums import FindingsAct
from enrollments.models import (
    FindingsApproval,
    FindingsTrace,
    FindingsVersion,
    NextStep,
    SharedFindings,
)
from enrollments.models.shared_findings import SIDES


def approve(
    *, findings: SharedFindings, number: int, author: Author, at: datetime
) -> FindingsApproval:
    """`number`: the version that was read. Raises: NotThisVersion."""
    with transaction.atomic():
        last = latest_version(lock_findings(findings))
        if last is None or last.number != number:
            raise NotThisVersion
        approval, _new = FindingsApproval.objects.get_or_create(
            version=last,
            side=author.side,
            defaults={"author": author.name, "by": author.user, "at": at},
        )
    return approval


def is_approved_by_both(version: FindingsVersion | None) -> bool:
    if version is None:
        return False
    return {one.side for one in version.approvals.all()} >= set(SIDES)


def publish_findings(*, findings: SharedFindings, by: User, at: datetime) -> None:
    """Raises: NotAllowed, NotApprovedByBoth."""
    with transaction.atomic():
        locked = lock_findings(findings)
        author = staff_author(locked, by)
        last = latest_version(locked)
        if last is None or not is_approved_by_both(last):
            raise NotApprovedByBoth
        locked.published, locked.published_at = last, at
        locked.save(update_fields=["published", "published_at"])
        show_steps(locked, last)
        note(locked, FindingsAct.PUBLISHED, author, at)


def take_down_findings(*, findings: SharedFindings, by: User, at: datetime) -> None:
    """What was agreed on stays; it can be published again. Raises: NotAllowed."""
    with transaction.atomic():
        locked = lock_findings(findings)
        author = staff_author(locked, by)
        locked.published, locked.published_at = None, None
        locked.save(update_fields=["published", "published_at"])
        note(locked, FindingsAct.TAKEN_DOWN, author, at)


def show_steps(findings: SharedFindings, version: FindingsVersion) -> None:
    """The steps of the version; what was done of those that stay is kept."""
    steps = content_from(version.content).steps
    findings.steps.exclude(key__in=[step.key for step in steps]).delete()
    for position, step in enumerate(steps, 1):
        NextStep.objects.update_or_create(
            findings=findings,
            key=step.key,
            defaults={
                "position": position,
                "what": step.what,
                "who": step.who,
                "when": step.when,
                "due_on": step.due_on,
            },
        )


def note(
    findings: SharedFindings,
    act: FindingsAct,
    author: Author,
    at: datetime,
    words: str = "",
) -> None:
    FindingsTrace.objects.create(
        findings=findings,
        act=act,
        words=words[:300],
        side=author.side,
        author=author.name,
        by=author.user,
        at=at,
    )
