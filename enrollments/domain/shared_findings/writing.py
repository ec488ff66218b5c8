"""Either side writes the findings once the session is over; every save is a version of its
own, so that both see who changed what, and an approval is of one version only."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.shared_findings.authors import Author
from enrollments.domain.shared_findings.content import Content, content_from
from enrollments.domain.shared_findings.refusals import (
    NothingWritten,
    SessionNotOver,
    WrittenMeanwhile,
)
from enrollments.models import FindingsVersion, SharedFindings


def begin_findings(*, session: Session, by: User, at: datetime) -> SharedFindings:
    """The findings of the session, begun where there are none yet.

    Raises: NotAllowed, SessionNotOver.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        if session.ends_at > at:
            raise SessionNotOver
        found, _new = SharedFindings.objects.get_or_create(
            session=session,
            defaults={
                "course": run.course,
                "held_on": timezone.localdate(session.starts_at),
                "topic": session.title,
                "created_at": at,
            },
        )
    return found


def write_findings(
    *,
    findings: SharedFindings,
    content: Content,
    seen: int,
    author: Author,
    at: datetime,
) -> FindingsVersion:
    """`seen` is the number of the version that the author began from, 0 for none. What is
    the same makes no new version.

    Raises: NothingWritten, WrittenMeanwhile.
    """
    if content.is_empty:
        raise NothingWritten
    with transaction.atomic():
        locked = lock_findings(findings)
        last = latest_version(locked)
        if last and content_from(last.content) == content:
            return last
        if (last.number if last else 0) != seen:
            raise WrittenMeanwhile
        return FindingsVersion.objects.create(
            findings=locked,
            number=seen + 1,
            content=content.stored(),
            side=author.side,
            author=author.name,
            by=author.user,
            at=at,
        )


def lock_findings(findings: SharedFindings) -> SharedFindings:
    """Its row is the lock: nothing of the run is touched."""
    locked = SharedFindings.objects.select_for_update(of=("self",))
    return locked.select_related("course__department").get(pk=findings.pk)


def latest_version(findings: SharedFindings) -> FindingsVersion | None:
    return findings.versions.order_by("number").last()
