"""Where nobody applies (申込不要), the door counts heads, from the session's day on."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.attendance import require_markable
from enrollments.domain.door import is_counted_only
from enrollments.domain.refusals import CountedByList
from enrollments.models import HeadCount


def note_head_count(
    *, session: Session, by: User, at: datetime, number: int = 0, more: int | None = None
) -> int:
    """Set the number, or count some `more` (or fewer): two people at two doors add up.

    Raises: NotAllowed, SessionNotHeld, SessionNotStarted, CountedByList.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        require_markable(run.sessions.get(pk=session.pk), at=at)
        if not is_counted_only(run):
            raise CountedByList
        before = HeadCount.objects.filter(session=session).first()
        if more is not None:
            number = (before.number if before else 0) + more
        facts = {"number": max(number, 0), "recorded_at": at, "recorded_by": by}
        found, _new = HeadCount.objects.update_or_create(session=session, defaults=facts)
    return found.number
