"""Messages for people without mail go on paper: printed once by somebody, and settled when
they were posted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, Notification

# A postcard can be read by anybody on its way.
NOT_ON_A_POSTCARD = frozenset({MessageKind.SUPPORT, MessageKind.FINDINGS})
# What fits on its back in letters that old eyes can read.
CARD_LINES, CARD_WIDTH = 26, 27


@dataclass(frozen=True)
class Letter:
    """`postcode` is seven digits or empty."""

    message: Notification
    name: str
    postcode: str
    address: str
    sender: str
    sender_phone: str

    @property
    def may_be_postcard(self) -> bool:
        if self.message.kind in NOT_ON_A_POSTCARD:
            return False
        lines = self.message.body.splitlines()
        return sum(len(line) // CARD_WIDTH + 1 for line in lines) <= CARD_LINES


def letters_for(messages: Iterable[Notification]) -> list[Letter]:
    """With `application__run__course__department` loaded."""
    return [
        _letter(message, message.application)
        for message in messages
        if message.application is not None
    ]


def mark_printed(*, messages: QuerySet[Notification], by: User, at: datetime) -> int:
    """Printing again keeps the first time."""
    waiting = messages.filter(state=NotificationState.BY_HAND)
    return waiting.filter(printed_at=None).update(printed_at=at, printed_by=by)


def settle_posted(*, messages: QuerySet[Notification], by: User, at: datetime) -> int:
    """Those that were printed have been posted; returns how many were settled."""
    printed = messages.filter(state=NotificationState.BY_HAND, printed_at__isnull=False)
    return printed.update(state=NotificationState.SENT, settled_at=at, settled_by=by)


def send_by_hand_instead(*, message: Notification, by: User, at: datetime) -> bool:
    """Mail does not reach the person: telephone or write."""
    failed = (NotificationState.DEAD, NotificationState.IN_DOUBT)
    return bool(
        Notification.objects.filter(pk=message.pk, state__in=failed).update(
            state=NotificationState.BY_HAND, settled_by=by, due_at=at
        )
    )


def _letter(message: Notification, application: Application) -> Letter:
    run = application.run
    department = run.course.department
    return Letter(
        message=message,
        name=application.full_name,
        postcode=application.postal_code,
        address=application.address,
        sender=f"{settings.CITY_NAME} {run.contact_name or department.name}",
        sender_phone=run.contact_phone or department.phone,
    )
