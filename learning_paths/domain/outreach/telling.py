"""The requester is told each step once, in their language; without mail by telephone."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from learning_paths.domain.outreach.dates import current_dates
from learning_paths.domain.outreach.links import outreach_token
from learning_paths.models import OutreachMove, OutreachRequest


def tell(
    request: OutreachRequest, what: str, *, once: str, at: datetime, **words: Any
) -> None:
    """`what` names the template, `once` the occasion."""
    with translation.override(request.language):
        path = reverse("outreach_own", args=[outreach_token(request)])
        subject, body = mail_text(
            f"learning_paths/mail/{what}.txt",
            {
                "asked": request,
                "course": request.entry.course,
                "department": request.entry.course.department,
                "dates": current_dates(OutreachRequest.objects.get(pk=request.pk)),
                "session": session_of(request),
                "link": settings.PUBLIC_URL + path,
                **words,
            },
        )
    write_message(
        kind=MessageKind.REQUEST,
        occasion=f"outreach:{request.pk}:{once}",
        subject=subject,
        body=body,
        at=at,
        recipient=request.email,
        language=request.language,
    )


def tell_move(request: OutreachRequest, move: OutreachMove, *, at: datetime) -> None:
    """Each move that the requester hears of has a template of its state's name."""
    tell(request, f"outreach_{move.to_state}", once=f"move:{move.pk}", at=at, why=move.why)


def session_of(request: OutreachRequest) -> Any:
    """The run's session; there is one."""
    if request.run is None:
        return None
    return request.run.sessions.select_related("run__venue", "venue", "room__venue").first()
