"""A linter of calendars, strict by the letter of RFC 5545 (3.1 and 8.3.2), RFC 7986 and
the house rules: it shares nothing with what writes them, and forgives nothing.

`complaints` tells everything that it finds, each with its line.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.calendars.content_words import ALLOWED, INSIDE, NEEDED, NEEDS_VALUE

NAME = r"[A-Z0-9-]+"
QSAFE = r'"[^\x00-\x08\x0a-\x1f\x7f"]+"'
SAFE = r'[^\x00-\x08\x0a-\x1f\x7f";:,]+'
PARAMETER = rf"(?P<key>{NAME})=(?P<what>(?:{QSAFE}|{SAFE})(?:,(?:{QSAFE}|{SAFE}))*)"
VALUE = r"[^\x00-\x08\x0a-\x1f\x7f]+"
NAMELESS = re.sub(r"\?P<\w+>", "?:", PARAMETER)
LINE = re.compile(rf"(?P<name>{NAME})(?P<parameters>(?:;{NAMELESS})*):(?P<value>{VALUE})")


@dataclass(frozen=True)
class Line:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    name: str
    lines: list[Line]

    def value(self, name: str) -> str:
        return next((line.value for line in self.lines if line.name == name), "")


def complaints(body: bytes) -> list[str]:
    """Nothing for a calendar that is right."""
    found = [*_of_octets(body)]
    if found:
        return found
    lines, broken = _content_lines(body)
    components, nesting = _components(lines)
    found += broken + nesting
    for component in components:
        found += _of_component(component)
    return [*found, *_of_calendar(components)]


def _of_octets(body: bytes) -> Iterator[str]:
    if not body.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield f"begins with {body[:20]!r}"
    if not body.endswith(b"END:VCALENDAR\r\n"):
        yield f"ends with {body[-20:]!r}"
    if body.count(b"\n") != body.count(b"\r\n") or body.count(b"\r") != body.count(b"\r\n"):
        yield "has a line end that is not CRLF"
    for line in body.split(b"\r\n")[:-1]:
        if len(line) > 75:
            yield f"{len(line)} octets: {line!r}"
        if not line.strip(b" \t"):
            yield "has a blank line, which some readers take for the end of a line"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"is cut within a character: {line!r}"


def _content_lines(body: bytes) -> tuple[list[Line], list[str]]:
    lines, broken = [], []
    for text in body.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        match = LINE.fullmatch(text)
        if match is None:
            broken.append(f"is no content line: {text!r}")
            continue
        if unicodedata.normalize("NFC", text) != text:
            broken.append(f"is not NFC: {text!r}")
        if text.splitlines() != [text]:
            broken.append(f"holds what some take for a line end: {text!r}")
        pairs = re.finditer(f";{PARAMETER}", match["parameters"])
        parameters = {pair["key"]: pair["what"].strip('"') for pair in pairs}
        lines.append(Line(match["name"], parameters, match["value"]))
    return lines, broken


def _components(lines: list[Line]) -> tuple[list[Component], list[str]]:
    done, open_, wrong = [], [Component("", [])], []
    for line in lines:
        if line.name == "BEGIN":
            if INSIDE.get(line.value) != open_[-1].name:
                wrong.append(f"{line.value} stands in {open_[-1].name or 'nothing'}")
            open_.append(Component(line.value, []))
        elif line.name == "END":
            if line.value != open_[-1].name:
                wrong.append(f"END:{line.value} closes {open_[-1].name}")
            done.append(open_.pop() if len(open_) > 1 else Component("", []))
        else:
            open_[-1].lines.append(line)
    if len(open_) > 1 or open_[0].lines:
        wrong.append("something is left open, or stands outside")
    return done, wrong


def _of_component(component: Component) -> Iterator[str]:
    allowed = ALLOWED.get(component.name, {})
    counts = Counter(line.name for line in component.lines)
    for name, times in counts.items():
        if times > 1:
            yield f"{component.name} has {name} {times} times"
    for name in NEEDED.get(component.name, ()):
        if not counts[name]:
            yield f"{component.name} has no {name}"
    for line in component.lines:
        if line.name in allowed:
            yield from _of_line(line, *allowed[line.name])
        else:
            yield f"{component.name} has {line.name}"
    if component.name == "VEVENT":
        yield from _of_event(component)


def _of_line(
    line: Line, kind: re.Pattern[str], parameters: tuple[str, ...]
) -> Iterator[str]:
    if not kind.fullmatch(line.value):
        yield f"{line.name} has the value {line.value!r}"
    if extra := line.parameters.keys() - set(parameters):
        yield f"{line.name} has the parameters {sorted(extra)}"
    needed = NEEDS_VALUE.get(line.name)
    if needed and line.parameters.get("VALUE") != needed:
        yield f"{line.name} does not say its VALUE"


def _of_event(event: Component) -> Iterator[str]:
    spans = [line for line in event.lines if line.name in ("DTSTART", "DTEND")]
    for line in spans:
        expected = {"TZID": "Asia/Tokyo"} if "T" in line.value else {"VALUE": "DATE"}
        if line.parameters != expected:
            yield f"{line.name} has {line.parameters}"
        form = "%Y%m%dT%H%M%S" if "T" in line.value else "%Y%m%d"
        try:
            datetime.strptime(line.value, form)
        except ValueError:
            yield f"{line.name} is no moment: {line.value}"
    if event.value("DTSTART") >= event.value("DTEND"):
        yield f"{event.value('UID')} ends when it begins, or before"
    if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
        yield f"{event.value('UID')} has two times of its last change"
    if event.value("STATUS") == "CANCELLED" and event.value("TRANSP") != "TRANSPARENT":
        yield f"{event.value('UID')} is cancelled and blocks time"


def _of_calendar(components: list[Component]) -> Iterator[str]:
    kinds = Counter(component.name for component in components)
    if (kinds["VCALENDAR"], kinds["VTIMEZONE"], kinds["STANDARD"]) != (1, 1, 1):
        yield f"is made of {dict(kinds)}"
        return
    events = [component for component in components if component.name == "VEVENT"]
    uids = Counter(event.value("UID") for event in events)
    yield from (
        f"UID {uid} comes {times} times" for uid, times in uids.items() if times > 1
    )
    method = components[-1].value("METHOD")
    rule = RULES_OF_METHODS.get(method, _in_a_feed)
    for event in events:
        yield from (f"{method}: {wrong}" for wrong in rule(event, len(events)))


def _in_a_feed(event: Component, number: int) -> Iterator[str]:
    if event.value("ORGANIZER") or event.value("ATTENDEE"):
        yield f"{event.value('UID')} names people"


def _published(event: Component, number: int) -> Iterator[str]:
    if not event.value("ORGANIZER") or event.value("ATTENDEE"):
        yield "has an ORGANIZER and no ATTENDEE (RFC 5546 3.2.1)"


def _asked(event: Component, number: int) -> Iterator[str]:
    if not event.value("ORGANIZER") or not event.value("ATTENDEE"):
        yield "has an ORGANIZER and an ATTENDEE (RFC 5546 3.2.2)"
    if number != 1:
        yield "speaks of one event"


def _called_off(event: Component, number: int) -> Iterator[str]:
    yield from _asked(event, number)
    if event.value("STATUS") != "CANCELLED":
        yield "has the STATUS CANCELLED (RFC 5546 3.2.5)"


RULES_OF_METHODS: dict[str, Callable[[Component, int], Iterator[str]]] = {
    "": _in_a_feed,
    "PUBLISH": _published,
    "REQUEST": _asked,
    "CANCEL": _called_off,
}
