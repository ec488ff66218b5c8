"""A section collects questions for a run until a day that it names; before that day it may
be moved, and whatever was sent stays."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from courses.models.querysets import CALLED_OFF
from enrollments.domain.advance_questions.refusals import ClosesTooLate
from enrollments.models import QuestionCall


def collect_questions(
    *, run: CourseRun, closes_at: datetime, prompt: str, by: User, at: datetime
) -> QuestionCall:
    """Begin, or say another day. Raises: NotAllowed, ClosesTooLate."""
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        held = [one.ends_at for one in fresh.sessions.all() if one.is_held]
        if closes_at <= at or (held and closes_at >= max(held)):
            raise ClosesTooLate
        call, _new = QuestionCall.objects.update_or_create(
            run=fresh,
            defaults={"closes_at": closes_at, "prompt": tidy_text(prompt)[:200]},
            create_defaults={
                "closes_at": closes_at,
                "prompt": tidy_text(prompt)[:200],
                "by": by,
                "created_at": at,
            },
        )
    return call


def stop_collecting(*, run: CourseRun, by: User, at: datetime) -> None:
    """No more from now on. Raises: NotAllowed."""
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        QuestionCall.objects.filter(run=fresh, closes_at__gt=at).update(closes_at=at)


def open_call(run: CourseRun, *, at: datetime) -> QuestionCall | None:
    """What participants may send questions to now."""
    call: QuestionCall | None = getattr(run, "question_call", None)
    if call is None or run.state in CALLED_OFF or call.closes_at <= at:
        return None
    return call
