"""Mails as they reach somebody: bytes, parsed by the standard library."""

from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.core import mail
from icalendar import Calendar, Event

from enrollments.domain.delivery import deliver_due
from enrollments.domain.personal_calendar import shown_to
from enrollments.domain.run_changes import change_run
from tests.enrollments.test_run_changes import _moved, _plan


@dataclass(frozen=True)
class Part:
    """`place` names the multiparts around it."""

    place: str
    kind: str
    body: bytes
    part: EmailMessage

    @property
    def method(self) -> str | None:
        return self.part["Content-Type"].params.get("method")

    @property
    def calendar(self) -> Calendar:
        return Calendar.from_ical(self.body)

    @property
    def event(self) -> Event:
        (event,) = self.calendar.events
        return event


def received() -> list[EmailMessage]:
    """In the order in which they left."""
    return [
        message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        for sent in mail.outbox
    ]


def parts_of(message: EmailMessage, place: str = "") -> list[Part]:
    """The leaves, in order."""
    if not message.is_multipart():
        body = message.get_payload(decode=True)
        return [Part(place, message.get_content_type(), body, message)]
    inside = f"{place}/{message.get_content_subtype()}"
    return [leaf for part in message.iter_parts() for leaf in parts_of(part, inside)]


def shape_of(message: EmailMessage) -> list[tuple[str, str]]:
    return [(part.place, part.kind) for part in parts_of(message)]


def files_of(message: EmailMessage) -> list[Part]:
    return [part for part in parts_of(message) if part.part.is_attachment()]


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


# What a mail looks like that asks something of one event.
INVITATION = [
    ("/mixed/alternative", "text/plain"),
    ("/mixed/alternative", "text/html"),
    ("/mixed/alternative", "text/calendar"),
    ("/mixed", "application/ics"),
]


def leave(at):
    """What the worker has sent when the minutes of gathering are over."""
    known = len(received())
    deliver_due(at=at + timedelta(minutes=6))
    return received()[known:]


def move(run, session, officer, at, by=timedelta(days=1)):
    later = session.starts_at + by
    moved = _moved(session, starts_at=later, ends_at=later + timedelta(hours=2))
    change_run(run=run, plan=_plan(run), sessions=[moved], by=officer, at=at)


def revision(event):
    return str(event["UID"]), int(event["SEQUENCE"]), event["DTSTAMP"].dt


def in_the_feed(user, at):
    found = shown_to(user, at=at).events(at=at, site="https://manabiba.example")
    whole = {
        one.uid: (one.uid, one.sequence, one.revised_at.replace(microsecond=0))
        for one in found
    }
    return [whole[uid] for uid in sorted(whole)]
