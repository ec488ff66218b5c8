"""A message is written in the transaction of the change it tells of, once per occasion."""

from collections.abc import Iterable
from datetime import datetime

from enrollments.domain.batches import BATCH
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
    message = message_row(
        kind=kind,
        occasion=occasion,
        subject=subject,
        body=body,
        at=at,
        recipient=recipient,
        language=language,
        application=application,
        stop_url=stop_url,
    )
    write_messages([message])


def write_messages(messages: Iterable[Notification]) -> None:
    """One statement, as people wait for the run's lock while it is made."""
    Notification.objects.bulk_create(messages, ignore_conflicts=True, batch_size=BATCH)


def write_message_of_several(message: Notification, others: Iterable[Application]) -> None:
    """It tells of these applications too."""
    write_messages([message])
    written = Notification.objects.get(occasion=message.occasion)
    written.also.add(*others)


def message_row(
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
) -> Notification:
    """The row, not yet written."""
    return Notification(
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
