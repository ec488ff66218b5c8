"""A course, run or session that was made by mistake goes again while nobody outside knows
of it, nobody has changed it and nothing stands on it; otherwise it stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.draft_sessions import discard_session
from courses.domain.locking import lock_course_with_runs
from courses.domain.refusals import SessionWasAnnounced
from courses.domain.sessions import was_announced
from courses.models import ChangeRecord, Course, CourseRun, Session


class ChangedSince(Refusal):
    sentence = _("取込みのあとに、この講座か開催が変わりました。")


class StandsOn(Refusal):
    sentence = _("申込みやアンケートなど、この開催に関わる記録があります。")


def unmake_session(*, session: Session, made_at: datetime, by: User, at: datetime) -> None:
    """Raises: NotAllowed, SessionWasAnnounced, ChangedSince, StandsOn."""
    with transaction.atomic():
        records = ChangeRecord.objects.filter(session=session)
        _require_untouched(records.filter(at__gt=made_at).exists())
        _require_nobody(session.run)
        try:
            with transaction.atomic():
                discard_session(session=session, by=by, at=at)
        except ProtectedError as protected:
            raise StandsOn from protected


def unmake_run(*, run: CourseRun, made_at: datetime, by: User, at: datetime) -> None:
    """With its last session. Raises: as `unmake_session`."""
    require_section(by, run.course.department)
    with transaction.atomic():
        lock_course_with_runs(run.course_id)
        if was_announced(run):
            raise SessionWasAnnounced
        records = ChangeRecord.objects.filter(run=run, at__gt=made_at)
        _require_untouched(records.exclude(at=at).exists())
        _require_nobody(run)
        try:
            with transaction.atomic():
                run.pools.all().delete()
                run.sessions.all().delete()
                run.delete()
        except ProtectedError as protected:
            raise StandsOn from protected


def unmake_course(*, course: Course, made_at: datetime, by: User, at: datetime) -> None:
    """Without runs and pages. Raises: as `unmake_session`."""
    require_section(by, course.department)
    with transaction.atomic():
        fresh = lock_course_with_runs(course.pk)
        if fresh.published_at is not None:
            raise SessionWasAnnounced
        records = ChangeRecord.objects.filter(course=fresh, at__gt=made_at)
        _require_untouched(records.exclude(at=at).exists() or fresh.runs.exists())
        try:
            with transaction.atomic():
                fresh.delete()
        except ProtectedError as protected:
            raise StandsOn from protected


def _require_untouched(touched: bool) -> None:
    if touched:
        raise ChangedSince


def _require_nobody(run: CourseRun) -> None:
    """Claims on a run's places point to its pools, and refuse to lose them."""
    if run.pools.filter(seats_taken__gt=0).exists():
        raise StandsOn
