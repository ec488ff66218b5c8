"""What the section does about a wish: arrange it, confirm it, or decline it with an
alternative. The person is told of what is certain: confirmed or declined."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.domain.messages import tell
from enrollments.domain.support_moves import move_request
from enrollments.domain.support_refusals import AlternativeNeeded
from enrollments.domain.support_rights import require_support_change
from enrollments.enums import MessageKind, SupportState
from enrollments.models import SupportRequest

TOLD = frozenset({SupportState.CONFIRMED, SupportState.DECLINED})


def arrange(
    *, request: SupportRequest, by: User, at: datetime, why: str = ""
) -> SupportRequest:
    """Somebody has begun to see to it, and a place is kept for it."""
    return _promise(request, SupportState.ARRANGED, by, at, why)


def confirm(
    *, request: SupportRequest, by: User, at: datetime, why: str = ""
) -> SupportRequest:
    return _promise(request, SupportState.CONFIRMED, by, at, why)


def decline(
    *, request: SupportRequest, by: User, at: datetime, alternative: str, why: str = ""
) -> SupportRequest:
    """Raises: AlternativeNeeded and those of `move_request`."""
    if not alternative.strip():
        raise AlternativeNeeded
    words = alternative.strip()
    return _promise(request, SupportState.DECLINED, by, at, why or words, words)


def _promise(
    request: SupportRequest,
    to: SupportState,
    by: User,
    at: datetime,
    why: str,
    alternative: str = "",
) -> SupportRequest:
    with transaction.atomic():
        run = lock_run(request.application.run_id)
        require_support_change(by, run.course.department)
        fresh = SupportRequest.objects.select_related(
            "offer", "application__run__course__department"
        ).get(pk=request.pk)
        step = move_request(
            request=fresh, to=to, by=by, at=at, why=why, alternative=alternative
        )
        if to in TOLD:
            tell(
                kind=MessageKind.SUPPORT,
                occasion=f"support:{step.pk}",
                application=fresh.application,
                at=at,
                request=fresh,
            )
    return fresh
