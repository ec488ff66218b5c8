"""What may stand where in a calendar of ours: RFC 5545 3.6 to 3.8, RFC 7986, and of what
they leave open, what `content_lines` is to expect."""

import re

TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])+")
TEXTS = re.compile(r"(?:[^\\;,]|\\[\\;,n])+(?:,(?:[^\\;,]|\\[\\;,n])+)*")
URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]+")
MAILTO = re.compile(r"mailto:[!-~]+@[!-~]+")
DAY = re.compile(r"\d{8}")
LOCAL = re.compile(r"\d{8}T\d{6}")
UTC = re.compile(r"\d{8}T\d{6}Z")
NUMBER = re.compile(r"0|[1-9]\d*")
OFFSET = re.compile(r"[+-]\d{4}")
PLACE = re.compile(r"-?\d{1,2}(\.\d+)?;-?\d{1,3}(\.\d+)?")
SPAN = re.compile(r"P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")


def one_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


# What may stand in a component, its kind of value, and its parameters.
CALENDAR = {
    "VERSION": (one_of("2.0"), ()),
    "PRODID": (TEXT, ()),
    "CALSCALE": (one_of("GREGORIAN"), ()),
    "METHOD": (one_of("PUBLISH", "REQUEST", "CANCEL"), ()),
    "NAME": (TEXT, ()),
    "X-WR-CALNAME": (TEXT, ()),
    "DESCRIPTION": (TEXT, ()),
    "X-WR-CALDESC": (TEXT, ()),
    "X-WR-TIMEZONE": (one_of("Asia/Tokyo"), ()),
    "LAST-MODIFIED": (UTC, ()),
    "URL": (URI, ()),
    "SOURCE": (URI, ("VALUE",)),
    "REFRESH-INTERVAL": (SPAN, ("VALUE",)),
    "X-PUBLISHED-TTL": (SPAN, ()),
    "COLOR": (re.compile("[a-z]+"), ()),
    "IMAGE": (URI, ("VALUE", "DISPLAY", "FMTTYPE")),
}
ZONE = {"TZID": (TEXT, ()), "X-LIC-LOCATION": (TEXT, ())}
STANDARD = {
    "DTSTART": (LOCAL, ()),
    "TZOFFSETFROM": (OFFSET, ()),
    "TZOFFSETTO": (OFFSET, ()),
    "TZNAME": (TEXT, ()),
}
EVENT = {
    "UID": (TEXT, ()),
    "DTSTAMP": (UTC, ()),
    "CREATED": (UTC, ()),
    "LAST-MODIFIED": (UTC, ()),
    "SEQUENCE": (NUMBER, ()),
    "DTSTART": (re.compile(f"{DAY.pattern}|{LOCAL.pattern}"), ("TZID", "VALUE")),
    "DTEND": (re.compile(f"{DAY.pattern}|{LOCAL.pattern}"), ("TZID", "VALUE")),
    "STATUS": (one_of("CONFIRMED", "TENTATIVE", "CANCELLED"), ()),
    "TRANSP": (one_of("OPAQUE", "TRANSPARENT"), ()),
    "CLASS": (one_of("PUBLIC", "PRIVATE"), ()),
    "SUMMARY": (TEXT, ()),
    "DESCRIPTION": (TEXT, ()),
    "LOCATION": (TEXT, ()),
    "GEO": (PLACE, ()),
    "URL": (URI, ()),
    "CATEGORIES": (TEXTS, ()),
    "CONFERENCE": (URI, ("VALUE", "FEATURE", "LABEL")),
    "IMAGE": (URI, ("VALUE", "DISPLAY", "FMTTYPE")),
    "RELATED-TO": (TEXT, ("RELTYPE",)),
    "ORGANIZER": (MAILTO, ("CN",)),
    "ATTENDEE": (MAILTO, ("PARTSTAT", "RSVP")),
}
ALLOWED = {
    "VCALENDAR": CALENDAR,
    "VTIMEZONE": ZONE,
    "STANDARD": STANDARD,
    "VEVENT": EVENT,
}
NEEDED = {
    "VCALENDAR": ("VERSION", "PRODID", "CALSCALE"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "VEVENT": (
        "UID",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "STATUS",
        "TRANSP",
        "CLASS",
        "SUMMARY",
    ),
}
INSIDE = {
    "VCALENDAR": "",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "VEVENT": "VCALENDAR",
}
NEEDS_VALUE = {
    "SOURCE": "URI",
    "REFRESH-INTERVAL": "DURATION",
    "CONFERENCE": "URI",
    "IMAGE": "URI",
}
