"""Calendars as bytes (RFC 5545, RFC 7986), the same bytes for the same facts.

`icalendar` writes every line, and a line is written once: see docs/adr/0008. Its
conveniences that make a feed unstable are left alone: `Calendar.new()` adds a random
UID, `Event.new()` sets DTSTAMP to now, `add_missing_timezones()` writes a COMMENT.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from icalendar import (
    vCalAddress,
    vCategory,
    vDate,
    vDatetime,
    vDuration,
    vGeo,
    vInt,
    vText,
    vUri,
    vUTCOffset,
)
from icalendar.parser import Contentline

from courses.domain.calendar_event import CalendarEvent
from courses.domain.feeds import MOST_EVENTS
from courses.domain.fiscal_year import TOKYO
from courses.exchange.ical_text import clean_text

PRODUCT = "-//Manabiba//Manabiba//JA"
ZONE = "Asia/Tokyo"
REFRESH = timedelta(hours=4)
COLOUR = "mediumblue"  # a CSS name, as RFC 7986 wants; near the site's own blue
MOST_BYTES = 1_000_000
REMEMBERED_LINES = 16_384
OFFSET = timedelta(hours=9)
JAPAN_SINCE = datetime(1970, 1, 1)


@dataclass(frozen=True)
class CalendarFeed:
    """`events` come with those that matter most in front: they are kept when there are
    too many. `page` and `source` are public addresses; a secret calendar has no source.
    A file to be taken over once says nothing of itself: with a name some programs make a
    new calendar of it, and nobody is to come back for it.
    """

    name: str
    description: str = ""
    events: tuple[CalendarEvent, ...] = ()
    page: str = ""
    source: str = ""
    is_file: bool = False

    @property
    def revised_at(self) -> datetime | None:
        return max((event.revised_at for event in self.events), default=None)


class Method(StrEnum):
    """What a calendar in a mail asks of its reader (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class CalendarMail:
    """`organizer` is a name and the address that the mail comes from. PUBLISH may hold
    many events and has no attendee; the others have one of each."""

    method: Method
    events: tuple[CalendarEvent, ...]
    organizer: tuple[str, str]
    attendee: str = ""


def render_calendar(feed: CalendarFeed) -> bytes:
    """UTF-8 with CRLF, folded at 75 octets, events by time, below a megabyte."""
    head, end = b"".join(_head(feed)), b"END:VCALENDAR\r\n"
    room = MOST_BYTES - len(head) - len(end)
    kept: list[tuple[datetime, str, bytes]] = []
    for event in feed.events[:MOST_EVENTS]:
        written = b"".join(_event(event))
        room -= len(written)
        if room < 0:
            break
        kept.append((event.starts_at, event.uid, written))
    return b"".join([head, *(written for _start, _uid, written in sorted(kept)), end])


def render_mail(mail: CalendarMail) -> bytes:
    """The events exactly as in a feed, and who writes to whom."""
    who = _people(mail)
    parts = [
        b"BEGIN:VCALENDAR\r\n",
        *_standard(),
        _line("METHOD", vText, str(mail.method)),
        *_tokyo(),
        *(line for event in mail.events for line in _event(event, who)),
        b"END:VCALENDAR\r\n",
    ]
    return b"".join(parts)


def _people(mail: CalendarMail) -> bytes:
    """Nobody reads replies, so none is asked for: the place is the answer. Not among the
    remembered lines, as these are addresses of people."""
    name, address = mail.organizer
    shown = clean_text(name)
    cn = [("CN", shown)] if shown else []
    lines = _written("ORGANIZER", vCalAddress, f"mailto:{address}", *cn)
    if mail.method == Method.PUBLISH:
        return lines
    answered = (("PARTSTAT", "ACCEPTED"), ("RSVP", "FALSE"))
    to = f"mailto:{mail.attendee}"
    return lines + _written("ATTENDEE", vCalAddress, to, *answered)


@lru_cache(maxsize=REMEMBERED_LINES)
def _line(
    name: str, kind: Callable[[Any], Any], value: Any, *parameters: tuple[str, str]
) -> bytes:
    """Lines recur from event to event, and from one building of a feed to the next, so
    after a change only what changed is written again."""
    return _written(name, kind, value, *parameters)


def _written(
    name: str, kind: Callable[[Any], Any], value: Any, *parameters: tuple[str, str]
) -> bytes:
    """One folded line."""
    typed = kind(value)
    typed.params.update(parameters)
    return bytes(Contentline.from_parts(name, typed.params, typed).to_ical()) + b"\r\n"


def _head(feed: CalendarFeed) -> Iterator[bytes]:
    yield b"BEGIN:VCALENDAR\r\n"
    yield from _standard()
    if not feed.is_file:
        yield from _about(feed)
    yield from _tokyo()


def _about(feed: CalendarFeed) -> Iterator[bytes]:
    yield from _texts(("NAME", "X-WR-CALNAME"), feed.name)
    yield from _texts(("DESCRIPTION", "X-WR-CALDESC"), feed.description)
    yield _line("X-WR-TIMEZONE", vText, ZONE)
    if feed.revised_at:
        yield _moment("LAST-MODIFIED", feed.revised_at)
    if feed.page:
        yield _line("URL", vUri, feed.page)
    if feed.source:
        yield _line("SOURCE", vUri, feed.source, ("VALUE", "URI"))
    yield _line("REFRESH-INTERVAL", vDuration, REFRESH, ("VALUE", "DURATION"))
    yield _line("X-PUBLISHED-TTL", vDuration, REFRESH)
    yield _line("COLOR", vText, COLOUR)


def _standard() -> Iterator[bytes]:
    yield _line("VERSION", vText, "2.0")
    yield _line("PRODID", vText, PRODUCT)
    yield _line("CALSCALE", vText, "GREGORIAN")


def _tokyo() -> Iterator[bytes]:
    """Japan has had one offset since long before the first course: one rule will do."""
    yield b"BEGIN:VTIMEZONE\r\n"
    yield _line("TZID", vText, ZONE)
    yield _line("X-LIC-LOCATION", vText, ZONE)
    yield b"BEGIN:STANDARD\r\n"
    yield _line("DTSTART", vDatetime, JAPAN_SINCE)
    yield _line("TZOFFSETFROM", vUTCOffset, OFFSET)
    yield _line("TZOFFSETTO", vUTCOffset, OFFSET)
    yield _line("TZNAME", vText, "JST")
    yield b"END:STANDARD\r\nEND:VTIMEZONE\r\n"


def _event(event: CalendarEvent, who: bytes = b"") -> Iterator[bytes]:
    yield b"BEGIN:VEVENT\r\n"
    yield _line("UID", vText, event.uid)
    yield _moment("DTSTAMP", event.revised_at)
    yield _moment("CREATED", event.created_at)
    yield _moment("LAST-MODIFIED", event.revised_at)
    yield _line("SEQUENCE", vInt, event.sequence)
    yield from _span(event)
    yield _line("STATUS", vText, event.status)
    yield _line("TRANSP", vText, "OPAQUE" if event.blocks_time else "TRANSPARENT")
    yield _line("CLASS", vText, "PRIVATE" if event.is_private else "PUBLIC")
    yield from _texts(("SUMMARY",), event.summary)
    yield from _texts(("DESCRIPTION",), event.description)
    yield from _texts(("LOCATION",), event.location)
    if event.position:
        yield _line("GEO", vGeo, event.position)
    if event.url:
        yield _line("URL", vUri, event.url)
    categories = tuple(clean_text(name.replace(",", "、")) for name in event.categories)
    if any(categories):
        yield _line("CATEGORIES", vCategory, tuple(filter(None, categories)))
    if event.conference:
        yield _conference(*event.conference)
    yield who
    yield b"END:VEVENT\r\n"


def _span(event: CalendarEvent) -> Iterator[bytes]:
    """Local time with TZID; for all-day events days, the last one exclusive."""
    begin, end = event.starts_at.astimezone(TOKYO), event.ends_at.astimezone(TOKYO)
    if event.is_all_day:
        last = _first_day_after(begin, end)
        yield _line("DTSTART", vDate, begin.date(), ("VALUE", "DATE"))
        yield _line("DTEND", vDate, last, ("VALUE", "DATE"))
    else:
        yield _line("DTSTART", vDatetime, begin.replace(tzinfo=None), ("TZID", ZONE))
        yield _line("DTEND", vDatetime, end.replace(tzinfo=None), ("TZID", ZONE))


def _first_day_after(begin: datetime, end: datetime) -> date:
    """The day on which nothing is left; a day begun counts, though it end at 17:00."""
    whole = end.date() if not any((end.hour, end.minute, end.second)) else None
    return max(whole or end.date() + timedelta(days=1), begin.date() + timedelta(days=1))


def _conference(address: str, label: str) -> bytes:
    extra = (("VALUE", "URI"), ("FEATURE", "VIDEO"), ("LABEL", label))
    return _line("CONFERENCE", vUri, address, *extra)


def _moment(name: str, moment: datetime) -> bytes:
    return _line(name, vDatetime, moment.astimezone(UTC).replace(microsecond=0))


def _texts(names: tuple[str, ...], text: str) -> Iterator[bytes]:
    """Nothing at all for an empty text: empty properties upset some clients."""
    clean = clean_text(text)
    for name in names:
        if clean:
            yield _line(name, vText, clean)
