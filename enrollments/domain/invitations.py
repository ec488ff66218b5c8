"""Once an offer is answered or taken back, nothing leaves that still invites to answer."""

from datetime import datetime

from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as Unsent
from enrollments.models import Application, Notification

# They invite somebody to answer, so they are not to leave once there is no such offer.
OF_OFFERS = (MessageKind.OFFERED, MessageKind.OFFER_REMINDER)
OVERTAKEN = "ご案内がすんだため、送りませんでした"


def call_off_invitations(application: Application, *, at: datetime) -> None:
    """Mails that wait, and tasks to telephone; the worker claims by the same condition, so
    what is being sent already is left alone. The caller has settled the offer."""
    Notification.objects.filter(
        application=application,
        kind__in=OF_OFFERS,
        state__in=(Unsent.PENDING, Unsent.BY_HAND),
        printed_at=None,
    ).update(state=Unsent.SENT, settled_at=at, last_error=OVERTAKEN)
