"""The linter finds what it is for: each is one fault in a calendar that is right."""

import pytest

from courses.exchange.ical import render_calendar
from tests.calendars.content_lines import complaints
from tests.courses.test_ical import FEED

RIGHT = render_calendar(FEED)
FAULTS = {
    "a byte order mark": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    "a bare line feed": (b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\n"),
    "a bare carriage return": (b"CALSCALE:GREGORIAN", b"CALSCALE:\rGREGORIAN"),
    "a line too long": (b"TZNAME:JST", b"TZNAME:" + b"J" * 70),
    "a cut within a character": (b"SUMMARY:\xe9", b"SUMMARY:\xe9\r\n "),
    "a blank line": (b"CALSCALE:", b"\r\nCALSCALE:"),
    "a blank piece of a line": (b"CALSCALE:", b"  \r\n  \r\nCALSCALE:"),
    "no colon": (b"SEQUENCE:3", b"SEQUENCE 3"),
    "a small letter in a name": (b"SEQUENCE:3", b"Sequence:3"),
    "an empty property": (b"SEQUENCE:3", b"SEQUENCE:3\r\nCOMMENT:"),
    "a control character": (b"SEQUENCE:3", b"SEQUENCE:3\x08"),
    "text that is not composed": (b"TZNAME:JST", "TZNAME:か\u3099".encode()),
    "a line separator": (b"TZNAME:JST", "TZNAME:J\u2028ST".encode()),
    "a bare comma": (b"\\, ", b", "),
    "an unknown escape": (b"\\, ", b"\\q "),
    "a big N": (b"\\n", b"\\N"),
    "an unknown property": (b"SEQUENCE:3", b"SEQUENCE:3\r\nX-OURS:1"),
    "a property twice": (b"SEQUENCE:3", b"SEQUENCE:3\r\nSEQUENCE:4"),
    "no UID": (b"UID:session-1@manabiba\r\n", b""),
    "another status": (b"STATUS:CONFIRMED", b"STATUS:MOVED"),
    "no VALUE": (b"REFRESH-INTERVAL;VALUE=DURATION:", b"REFRESH-INTERVAL:"),
    "a colon before VALUE": (b"REFRESH-INTERVAL;VALUE", b"REFRESH-INTERVAL:VALUE"),
    "an address in Japanese": (
        b"URL:https://manabiba.example/",
        "URL:https://講座/".encode(),
    ),
    "another zone": (b"DTSTART;TZID=Asia/Tokyo", b"DTSTART;TZID=JST"),
    "no zone": (b"DTSTART;TZID=Asia/Tokyo", b"DTSTART"),
    "no such day": (b"20261205T100000", b"20261305T100000"),
    "an end before the start": (b"20261205T120000", b"20261205T090000"),
    "a stamp of its own": (b"DTSTAMP:2026", b"DTSTAMP:2027"),
    "cancelled and busy": (b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    "an organizer": (b"SEQUENCE:3", b"SEQUENCE:3\r\nORGANIZER:mailto:a@b.example"),
    "METHOD without ORGANIZER": (b"CALSCALE", b"METHOD:PUBLISH\r\nCALSCALE"),
    "a component left open": (b"END:VEVENT\r\n", b""),
    "a component out of place": (b"BEGIN:STANDARD", b"BEGIN:VEVENT"),
    "no zone declared": (b"VTIMEZONE", b"VFREEBUSY"),
}


def test_a_calendar_that_is_right_is_left_in_peace():
    assert complaints(RIGHT) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_found(fault):
    right, wrong = FAULTS[fault]
    assert right in RIGHT
    assert complaints(RIGHT.replace(right, wrong, 1)) != []
