"""Every look at, and every export of, a list of people leaves a line."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from accounts.domain.sections import heads_any_section, heads_section, section_of
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
    reason: str = "",
) -> AccessLog:
    """`subject` names the list, never a person; `columns` name what was taken out and
    `reason` says what for."""
    return AccessLog.objects.create(
        user=by,
        at=at,
        kind=kind,
        subject=subject[:120],
        people=people,
        reason=reason[:200],
        columns="\n".join(columns),
    )


def seen_by(user: User) -> QuerySet[AccessLog]:
    """Heads see what their own people looked at and took out, administrators all."""
    found = AccessLog.objects.select_related("user__staff_profile__department")
    if user.is_active and user.is_superuser:
        return found
    section = section_of(user)
    if section is None or not heads_section(user, section):
        return found.none()
    return found.filter(user__staff_profile__department=section)


def may_see_the_log(user: User) -> bool:
    return heads_any_section(user)
