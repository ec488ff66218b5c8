"""Calendars as bytes (RFC 5545, RFC 7986), the same bytes for the same facts.

`icalendar` writes the properties. Its conveniences that make a feed unstable are
avoided: `Calendar.new()` adds a random UID, `Event.new()` sets DTSTAMP to now,
`add_missing_timezones()` writes a COMMENT into VTIMEZONE.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, Timezone, TimezoneStandard
from icalendar.prop import vDate, vDatetime, vDuration, vText, vUri

from courses.domain.feeds import CalendarEvent
from courses.domain.fiscal_year import TOKYO

PRODUCT = "-//Manabiba//Manabiba//JA"
REFRESH = timedelta(hours=4)
SIZE_LIMIT = 1_000_000
END = b"END:VCALENDAR\r\n"
NEVER = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CalendarFeed:
    """`page` and `source` are public addresses; a personal feed has no source."""

    name: str
    description: str
    events: Sequence[CalendarEvent]
    page: str = ""
    source: str = ""

    @property
    def changed_at(self) -> datetime:
        return max((event.revised_at for event in self.events), default=NEVER)


def render_calendar(feed: CalendarFeed) -> bytes:
    """UTF-8, CRLF, lines folded at 75 octets; late events are left out past 1 MB."""
    frame = bytes(_frame(feed).to_ical(sorted=True))
    head, end = frame[: -len(END)], frame[-len(END) :]
    parts, size = [head], len(frame)
    for event in feed.events:
        written = event_bytes(event)
        size += len(written)
        if size > SIZE_LIMIT:
            break
        parts.append(written)
    return b"".join([*parts, end])


@lru_cache(maxsize=4096)
def event_bytes(event: CalendarEvent) -> bytes:
    """One VEVENT. It depends on nothing but the event's facts, so that after a change
    only the sessions that changed are written anew."""
    return bytes(_event(event).to_ical(sorted=True))


def _frame(feed: CalendarFeed) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    for name, value in (
        ("name", feed.name),
        ("x-wr-calname", feed.name),
        ("description", feed.description),
        ("x-wr-caldesc", feed.description),
    ):
        if value:
            calendar.add(name, _text(value))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("last-modified", _moment(feed.changed_at))
    if feed.page:
        calendar.add("url", vUri(feed.page))
    if feed.source:
        calendar.add("source", vUri(feed.source), parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add("color", "navy")
    calendar.add_component(_tokyo())
    return calendar


def _tokyo() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Asia/Tokyo")
    zone.add("x-lic-location", "Asia/Tokyo")
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone


def _event(event: CalendarEvent) -> Event:
    """Properties are set as values, which spares the library's guessing of types."""
    component = Event()
    cancelled = event.status == "CANCELLED"
    component["uid"] = vText(event.uid)
    component["dtstamp"] = component["last-modified"] = _moment(event.revised_at)
    component["created"] = _moment(event.created_at)
    component.add("sequence", event.sequence)
    component["dtstart"], component["dtend"] = _span(event)
    component["summary"] = _text(event.summary)
    component["status"] = vText(event.status)
    component["transp"] = vText(
        "TRANSPARENT" if cancelled or event.is_all_day else "OPAQUE"
    )
    component["class"] = vText("PRIVATE" if event.is_private else "PUBLIC")
    if event.description:
        component["description"] = _text(event.description)
    if event.location:
        component["location"] = _text(event.location)
    if event.position:
        component.add("geo", event.position)
    component["url"] = vUri(event.url)
    categories = [name.replace(",", "、") for name in event.categories if name]
    if categories:
        component.add("categories", categories)
    return component


def _span(event: CalendarEvent) -> tuple[vDate | vDatetime, vDate | vDatetime]:
    """Local time with TZID; for all-day events days, the last one exclusive."""
    begin = event.starts_at.astimezone(TOKYO)
    end = event.ends_at.astimezone(TOKYO)
    if event.is_all_day:
        return _day(begin.date()), _day(max(end.date(), begin.date() + timedelta(days=1)))
    return _local(begin), _local(end)


def _day(day: date) -> vDate:
    value = vDate(day)
    value.params["VALUE"] = "DATE"
    return value


def _local(moment: datetime) -> vDatetime:
    value = vDatetime(moment.replace(tzinfo=None))
    value.params["TZID"] = "Asia/Tokyo"
    return value


def _moment(moment: datetime) -> vDatetime:
    return vDatetime(moment.astimezone(UTC).replace(microsecond=0))


def _text(text: str) -> vText:
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return vText("".join(c for c in clean if c == "\n" or c == "\t" or ord(c) >= 32))
