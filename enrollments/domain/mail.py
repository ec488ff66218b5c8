"""A message of the outbox as a mail: the text as it was written, and beside it what the
reader's calendar is to know."""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from enrollments.domain.calendar_files import calendar_files, enclose
from enrollments.models import Notification


def mail_of(message: Notification, *, at: datetime) -> EmailMessage:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.recipient],
        headers=_headers(message),
    )
    if files := calendar_files(message, sender=_sender(), at=at):
        enclose(mail, message, files)
    return mail


def _headers(message: Notification) -> dict[str, str]:
    host = _sender()[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.message_id}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.stop_url:
        headers["List-Unsubscribe"] = f"<{message.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _sender() -> tuple[str, str]:
    """Name and address of whoever all mail comes from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or settings.SITE_NAME, address
