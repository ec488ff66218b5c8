"""A client that subscribes: it fetches, keeps what it got, and asks what is new."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client
from icalendar import Calendar, Event

from courses.views.calendar_memory import memory
from tests.calendars.agreement import BEGIN, agreed
from tests.calendars.content_lines import complaints


@dataclass(frozen=True)
class Fetched:
    """What a subscriber holds: the bytes, and what the server said of them."""

    body: bytes
    etag: str
    last_modified: str

    @property
    def events(self) -> dict[str, Event]:
        return {str(event["UID"]): event for event in Calendar.from_ical(self.body).events}

    @property
    def blocks(self) -> dict[str, bytes]:
        """By UID the octets of each event."""
        pieces = self.body.removesuffix(b"END:VCALENDAR\r\n").split(BEGIN)[1:]
        return {piece.split(b"\r\n")[0].decode()[4:]: piece for piece in pieces}


def fetch(client: Client, address: str) -> Fetched:
    """As from a process that has built nothing yet; all readers take it."""
    memory.forget()
    response = client.get(address)
    assert response.status_code == 200
    assert complaints(response.content) == []
    agreed(response.content)
    return Fetched(response.content, response["ETag"], response["Last-Modified"])


def answers_again(client: Client, address: str, held: Fetched) -> list[int]:
    """What somebody is answered who has it: by its ETag, by its time, and by both."""
    by_etag = {"If-None-Match": held.etag}
    by_time = {"If-Modified-Since": held.last_modified}
    return [
        client.get(address, headers=headers).status_code
        for headers in (by_etag, by_time, by_etag | by_time)
    ]


def revision(event: Event) -> tuple[int, datetime, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt


def changed_between(before: Fetched, after: Fetched) -> dict[str, Any]:
    """By UID the events that are not octet by octet what they were, new ones too."""
    known = before.blocks
    return {
        uid: after.events[uid]
        for uid, block in after.blocks.items()
        if known.get(uid) != block
    }
