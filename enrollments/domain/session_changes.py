"""A session that is called off or moved is told to everybody affected, once."""

from datetime import datetime

from courses.domain.sessions import cancel_session
from django.db import transaction

from accounts.models import User
from courses.models import Session
from enrollments.domain.messages import tell_of_session
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet


def affected_by(session: Session) -> ApplicationQuerySet:
    """Those who have a place, an offer, or wait for one."""
    return (
        Application.objects.filter(run=session.run_id)
        .filter(state__in=(State.ACCEPTED, State.OFFERED, State.WAITING))
        .select_related("run__course__department")
        .order_by("received_at", "tie")
    )


def cancel_session_and_tell(
    *, session: Session, reason: str, by: User, at: datetime
) -> Session:
    """Cancel and write the messages in one transaction.

    Raises: the refusals of `courses.domain.sessions.cancel_session`.
    """
    with transaction.atomic():
        cancelled = cancel_session(session=session, reason=reason, by=by, at=at)
        for application in affected_by(cancelled):
            tell_of_session(
                kind=MessageKind.SESSION_CANCELLED,
                session=cancelled,
                application=application,
                at=at,
                reason=reason,
            )
    return cancelled
