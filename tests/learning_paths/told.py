"""What somebody was told so far."""

from enrollments.models import Notification


def told(recipient: str) -> list[str]:
    """The subjects, the first message first."""
    mine = Notification.objects.filter(recipient=recipient).order_by("pk")
    return list(mine.values_list("subject", flat=True))
