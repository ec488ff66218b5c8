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
    stop_url: str = "",
) -> None:
    """Without an address the message becomes a task to telephone or write.

    `occasion` is unique: telling of the same thing again writes nothing.
    """
    message = Notification(
        occasion=occasion,
        kind=kind,
        application=application,
        recipient=recipient,
        language=language,
        subject=" ".join(subject.split())[:200],
        body=body,
        stop_url=stop_url,
        state=NotificationState.PENDING if recipient else NotificationState.BY_HAND,
        due_at=at,
        created_at=at,
    )
    # One statement, as people wait for the run's lock while it is made.
    Notification.objects.bulk_create([message], ignore_conflicts=True)
