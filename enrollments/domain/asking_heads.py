"""The heads of a section are told once of each application that waits for them, and once
more when it has waited two days; a section without a head is told at its own address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.domain.sections import heads_of
from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import message_row, write_messages
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Notification

PATIENCE = timedelta(days=2)
CITY_LANGUAGE = "ja"


def ask_heads(application: Application, *, at: datetime, again: bool = False) -> None:
    """In the transaction in which it began to wait. Nobody is named in the mail."""
    section = application.department
    if section is None:
        return
    with translation.override(CITY_LANGUAGE):
        subject, body = mail_text(
            "enrollments/mail/approval_asked.txt",
            {
                "course": application.run.course,
                "run": application.run,
                "again": again,
                "link": settings.PUBLIC_URL + reverse("manage_approvals"),
            },
        )
    addresses = list(heads_of(section).order_by("pk").values_list("email", flat=True))
    write_messages(
        message_row(
            kind=MessageKind.OTHER,
            occasion=f"{_prefix(again)}{application.pk}:{position}",
            subject=subject,
            body=body,
            at=at,
            recipient=address,
        )
        for position, address in enumerate(addresses or [section.email])
    )


def remind_heads(*, at: datetime) -> int:
    """Returns how many applications were told of; safe to call again."""
    waiting = Application.objects.filter(
        state=State.AWAITING_APPROVAL, created_at__lte=at - PATIENCE
    ).select_related("run__course", "department")
    reminded = 0
    for application in waiting.order_by("pk"):
        occasion = f"{_prefix(True)}{application.pk}:0"
        if not Notification.objects.filter(occasion=occasion).exists():
            ask_heads(application, at=at, again=True)
            reminded += 1
    return reminded


def _prefix(again: bool) -> str:
    return "approval-reminder:" if again else "approval:"
