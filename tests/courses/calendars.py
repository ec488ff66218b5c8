"""Reading calendars back, by the library and by the octet."""

from icalendar import Calendar, Event


def lines_of(body: bytes) -> list[bytes]:
    """Physical lines; the calendar ends with a line break."""
    assert body.endswith(b"END:VCALENDAR\r\n")
    return body.split(b"\r\n")[:-1]


def unfolded(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events_in(body: bytes) -> list[Event]:
    return list(Calendar.from_ical(body).events)


def summaries(body: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_in(body)]
