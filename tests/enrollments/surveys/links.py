"""The secret links of the mails that were written."""

import re

from enrollments.models import Notification

LINK = re.compile(r"/surveys/([A-Za-z0-9_-]{43})/")


def tokens(kind: str = "survey") -> list[str]:
    bodies = Notification.objects.filter(kind=kind).order_by("pk")
    return [found for one in bodies for found in LINK.findall(one.body)]
