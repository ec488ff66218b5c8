"""Whether all readers make the same of a calendar.

One and the same event stands in many calendars of a city, octet by octet. What a reader
made of it is remembered, and each calendar is read with the events that are new to it,
at least one: what stands around the events is read every time.
"""

from tests.calendars.readers import READERS, Read

BEGIN, END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_known: dict[bytes, Read] = {}


def agreed(body: bytes) -> dict[str, Read]:
    """What all of them read, by UID; fails where they differ in anything."""
    head, *events = body.split(BEGIN)
    tail = b"END:VCALENDAR\r\n"
    blocks = [BEGIN + event.removesuffix(tail) for event in events]
    new = [block for block in blocks if block not in _known] or blocks[:1]
    shortened = b"".join([head.removesuffix(tail), *new, tail])
    _known.update(zip(new, read_alike(shortened), strict=True))
    return {event.uid: event for event in (_known[block] for block in blocks)}


def read_alike(body: bytes) -> list[Read]:
    """In the order of the file, whatever order a reader keeps."""
    lines = body.decode().replace("\r\n ", "").split("\r\n")
    expected = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
    found: list[list[Read]] = []
    for name, read in READERS.items():
        events = {event.uid: event for event in read(body.decode())}
        assert sorted(events) == sorted(expected), f"{name} does not find each event once"
        found.append([events[uid] for uid in expected])
    for name, events in zip(READERS, found, strict=True):
        assert events == found[0], f"{name} reads something else than {next(iter(READERS))}"
    return found[0]
