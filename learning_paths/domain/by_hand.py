"""What has to be told by telephone, as the person has no mail, is ticked off once done."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Notification


def to_telephone(prefixes: list[str]) -> QuerySet[Notification]:
    """Messages of which the occasion begins with one of these, oldest first."""
    found = Notification.objects.none()
    for prefix in prefixes:
        found = found | Notification.objects.filter(occasion__startswith=prefix)
    waiting = found.filter(kind=MessageKind.REQUEST, state=NotificationState.BY_HAND)
    return waiting.order_by("created_at", "pk")


def settle(*, messages: QuerySet[Notification], by: User, at: datetime) -> int:
    """Told by somebody; returns how many."""
    return messages.update(state=NotificationState.SENT, settled_at=at, settled_by=by)
