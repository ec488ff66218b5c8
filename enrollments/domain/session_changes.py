"""A session that is called off is told to everybody affected, once."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.sessions import cancel_session
from courses.models import Session
from enrollments.domain.messages import tell_of_session
from enrollments.domain.run_changes import people_in
from enrollments.enums import MessageKind
from enrollments.models.querysets import ApplicationQuerySet


def affected_by(session: Session) -> ApplicationQuerySet:
    """Those who have a place or may still get one, by order, draw or screening."""
    return people_in(session.run)


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
