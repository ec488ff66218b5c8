"""Every look at, and every export of, a list of people leaves a line."""

from collections.abc import Sequence
from datetime import datetime

from accounts.enums import AccessKind
from accounts.models import AccessLog, User


def log_access(
    *,
    subject: str,
    people: int,
    by: User,
    at: datetime,
    kind: AccessKind = AccessKind.READ,
    columns: Sequence[str] = (),
) -> AccessLog:
    """`subject` names the list, never a person; `columns` name what was taken out."""
    return AccessLog.objects.create(
        user=by,
        at=at,
        kind=kind,
        subject=subject[:120],
        people=people,
        columns="\n".join(columns),
    )
