"""A message is written in the transaction of the change it tells of, once per occasion."""

from datetime import datetime

from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, Notification


def write_message(
    *,
    kind: MessageKind,
    occasion: str,
    subject: str,
    body: str,
    at: datetime,
    recipient: str = "",
    language: str = "ja",
    application: Application | None = None,
) -> Notification:
    """Without an address the message becomes a task to telephone or write.

    `occasion` is unique: telling of the same thing again gives the first message.
    """
    by_hand = not recipient
    message, _created = Notification.objects.get_or_create(
        occasion=occasion,
        defaults={
            "kind": kind,
            "application": application,
            "recipient": recipient,
            "language": language,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "state": NotificationState.BY_HAND if by_hand else NotificationState.PENDING,
            "due_at": at,
            "created_at": at,
        },
    )
    return message
