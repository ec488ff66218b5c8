"""Four readers of calendars that others wrote, made to tell what they read alike.

They have no code in common with each other, nor with what writes our calendars:

- `vobject` is of the Chandler project, and in Radicale and many servers;
- `ics` reads by a grammar made from RFC 5545;
- `ical` is what Home Assistant subscribes with, and the strictest of them;
- `ical.js` is Mozilla's, in Thunderbird and Nextcloud; an embedded engine runs it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import ics
import vobject
from ical.calendar_stream import IcsCalendarStream
from ics.grammar import parse

from tests.calendars.ical_js import read_in_javascript

Moment = date | datetime


@dataclass(frozen=True)
class Read:
    """One event as a reader understood it; moments in UTC, days as days. `zone` is the
    one that the times were given in, empty for days."""

    uid: str
    start: Moment
    end: Moment
    zone: str
    summary: str
    description: str
    location: str
    status: str
    sequence: int
    url: str
    transparent: bool

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, datetime)


def in_utc(moment: Moment) -> Moment:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def read_by_vobject(text: str) -> list[Read]:
    events = vobject.readOne(text).contents.get("vevent", [])
    return [_of_vobject(event.contents) for event in events]


def _of_vobject(found: Mapping[str, list[Any]]) -> Read:
    def value(name: str) -> str:
        return str(found[name][0].value) if name in found else ""

    start, end = (found[name][0].value for name in ("dtstart", "dtend"))
    zone = found["dtstart"][0].params.get("X-VOBJ-ORIGINAL-TZID", [""])[0]
    return Read(
        uid=value("uid"),
        start=in_utc(start),
        end=in_utc(end),
        zone=zone,
        summary=value("summary"),
        description=value("description"),
        location=value("location"),
        status=value("status"),
        sequence=int(value("sequence")),
        url=value("url"),
        transparent=value("transp") == "TRANSPARENT",
    )


# Its grammar takes five milliseconds an event: a line that it has read is not read anew.
parse.GRAMMAR.parse = cache(parse.GRAMMAR.parse)


def read_by_ics(text: str) -> list[Read]:
    return [_of_ics(event) for event in ics.Calendar(text).events]


def _of_ics(event: ics.Event) -> Read:
    """Its all-day events are instants at midnight; SEQUENCE is among what it keeps
    without a name of its own. Of the zone it names the file that it took it from."""
    extra = {line.name: line for line in event.extra}
    start, end = event.begin.datetime, event.end.datetime
    zone = "/".join(repr(event.begin.tzinfo)[:-2].split("/")[-2:])
    return Read(
        uid=event.uid,
        start=start.date() if event.all_day else in_utc(start),
        end=end.date() if event.all_day else in_utc(end),
        zone="" if event.all_day else zone,
        summary=event.name or "",
        description=event.description or "",
        location=event.location or "",
        status=event.status or "",
        sequence=int(extra["SEQUENCE"].value),
        url=event.url or "",
        transparent=bool(event.transparent),
    )


def read_by_ical(text: str) -> list[Read]:
    return [_of_ical(event) for event in IcsCalendarStream.calendar_from_ics(text).events]


def _of_ical(event: Any) -> Read:
    start = event.dtstart
    return Read(
        uid=event.uid,
        start=in_utc(start),
        end=in_utc(event.dtend),
        zone=start.tzinfo.key if isinstance(start, datetime) else "",
        summary=event.summary or "",
        description=event.description or "",
        location=event.location or "",
        status=event.status.value if event.status else "",
        sequence=event.sequence,
        url=str(event.url) if event.url else "",
        transparent=event.transparency == "TRANSPARENT",
    )


def read_by_ical_js(text: str) -> list[Read]:
    return [
        Read(**{**event, "start": _moment(event["start"]), "end": _moment(event["end"])})
        for event in read_in_javascript(text)
    ]


def _moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


READERS: dict[str, Callable[[str], list[Read]]] = {
    "vobject": read_by_vobject,
    "ics": read_by_ics,
    "ical": read_by_ical,
    "ical.js": read_by_ical_js,
}
