"""Giving a place back: by the person, or by the organiser; then the list moves up."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.domain.moving import move
from enrollments.domain.refusals import RunHasEnded
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.models import Application


def withdraw(
    *, application: Application, by: User | None, at: datetime, why: str = ""
) -> Application:
    """The person gives up the place, until the run's last session has ended.

    Raises: RunHasEnded, MoveNotAllowed (already ended).
    """
    return _leave(application, State.WITHDRAWN, by, at, why or "本人による取り消し")


def cancel_application(
    *, application: Application, by: User, at: datetime, why: str
) -> Application:
    """The organiser takes the place back, with a reason that is sent along."""
    require_section(by, application.run.course.department)
    return _leave(application, State.CANCELLED, by, at, why)


def void_application(
    *, application: Application, by: User, at: datetime, why: str
) -> Application:
    """A mistaken entry: kept for the record, silent towards the applicant."""
    require_section(by, application.run.course.department)
    return _leave(application, State.VOID, by, at, why)


def _leave(
    application: Application, to: State, by: User | None, at: datetime, why: str
) -> Application:
    with transaction.atomic():
        run = lock_run(application.run_id)
        fresh = Application.objects.select_related("run__course", "pool").get(
            pk=application.pk
        )
        sessions = run.sessions.all()
        if sessions.exists() and not sessions.upcoming(at).exists():
            raise RunHasEnded
        move(application=fresh, to=to, by=by, at=at, why=why)
        promote_next(pool=fresh.pool, by=None, at=at)
    return fresh
