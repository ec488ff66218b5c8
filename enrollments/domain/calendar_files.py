"""The calendar of a mail as its reader's program expects it (RFC 6047): what is asked of
the calendar stands among the forms of the text, what is only told is a file."""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.charset import Charset

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import linebreaks, urlize

from courses.domain.calendar_event import CalendarEvent
from courses.domain.fiscal_year import TOKYO
from courses.exchange.ical import CalendarMail, Method, render_mail
from enrollments.domain.calendar_updates import CalendarUpdate, updates_with
from enrollments.models import Notification

logger = logging.getLogger(__name__)
# Text parts in base64: some servers on the way rewrite anything else, and a calendar
# with other line ends or broken lines is lost.
BASE64 = Charset("utf-8")
Files = Sequence[tuple[CalendarUpdate, str]]


def calendar_files(
    message: Notification, *, sender: tuple[str, str], at: datetime
) -> Files:
    """The words matter more than the file: a fault in it does not keep a mail back."""
    try:
        updates = updates_with(message, at=at, site=settings.PUBLIC_URL)
        return [(update, _written(update, message, sender)) for update in updates]
    except Exception as error:
        kind = type(error).__name__
        logger.error("message %s leaves without its calendar: %s", message.pk, kind)
        return []


def _written(update: CalendarUpdate, message: Notification, sender: tuple[str, str]) -> str:
    calendar = CalendarMail(
        method=update.method,
        events=update.events,
        organizer=sender,
        attendee=message.recipient,
    )
    return render_mail(calendar).decode()


def enclose(mail: EmailMultiAlternatives, message: Notification, files: Files) -> None:
    """What is published goes along as a file. The first of what is asked stands where
    clients look for it, last of the alternatives; each comes as a file, too."""
    mail.encoding = BASE64
    first, text = files[0]
    if first.method == Method.PUBLISH:
        mail.attach("calendar.ics", text, _type_of(first))
        return
    mail.attach_alternative(_as_html(message), "text/html")
    mail.attach_alternative(text, _type_of(first))
    for update, written in files:
        mail.attach(_file_name(update.events[0]), written.encode(), "application/ics")


def _type_of(update: CalendarUpdate) -> str:
    return f"text/calendar; method={update.method}"


def _file_name(event: CalendarEvent) -> str:
    return f"calendar-{event.starts_at.astimezone(TOKYO):%Y%m%d-%H%M}.ics"


def _as_html(message: Notification) -> str:
    """The same words: clients that show this part expect it before the calendar's."""
    text = linebreaks(urlize(message.body, autoescape=True))
    return f'<!doctype html><html lang="{message.language}"><body>{text}</body></html>'
