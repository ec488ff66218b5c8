"""Giving a place back: by the person, or by the organiser; then the list moves up."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.domain.moving import move
from enrollments.domain.refusals import RunHasEnded, WithdrawalClosed
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import LIVE


def withdraw(
    *,
    application: Application,
    by: User | None,
    at: datetime,
    why: str = "",
    tells: bool = True,
) -> Application:
    """The person gives up the place: until the run's deadline for it, where it has one,
    and until its last session has ended. Without `tells` the caller tells them.

    Raises: WithdrawalClosed, RunHasEnded, MoveNotAllowed (already ended).
    """
    return _leave(
        application,
        State.WITHDRAWN,
        by,
        at,
        why or "本人による取り消し",
        in_time=True,
        tells=tells,
    )


def record_withdrawal(
    *, application: Application, by: User, at: datetime, why: str
) -> Application:
    """What somebody said on the telephone; staff may do so after the deadline too."""
    require_section(by, application.run.course.department)
    return _leave(application, State.WITHDRAWN, by, at, why)


def may_withdraw(application: Application, *, at: datetime) -> bool:
    """The deadline binds whoever has a place; to wait no longer is always possible."""
    until = application.run.withdraw_until
    if application.state != State.ACCEPTED or until is None:
        return application.state in LIVE
    return at < until


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
    application: Application,
    to: State,
    by: User | None,
    at: datetime,
    why: str,
    *,
    in_time: bool = False,
    tells: bool = True,
) -> Application:
    with transaction.atomic():
        run = lock_run(application.run_id)
        fresh = Application.objects.select_related("run__course", "pool").get(
            pk=application.pk
        )
        sessions = run.sessions.all()
        if sessions.exists() and not sessions.upcoming(at).exists():
            raise RunHasEnded
        if in_time and fresh.state in LIVE and not may_withdraw(fresh, at=at):
            raise WithdrawalClosed
        move(application=fresh, to=to, by=by, at=at, why=why, tell=tells)
        promote_next(pool=fresh.pool, by=None, at=at)
    return fresh
