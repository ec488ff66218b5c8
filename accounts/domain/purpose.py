"""Which purpose of use a person is shown, and is noted to have been shown."""

from datetime import datetime

from django.utils import timezone

from accounts.models import PurposeNotice


def notice_in_force(*, key: str, at: datetime) -> PurposeNotice | None:
    """The newest version that has taken effect by that day in Tokyo."""
    begun = PurposeNotice.objects.filter(
        key=key, effective_from__lte=timezone.localdate(at)
    )
    return begun.order_by("-version").first()
