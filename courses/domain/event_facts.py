"""What an event list says, in the product's own words, before anybody looks at what is
already there. Plain data."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from courses.enums import CapacityUnit, CourseKind, Delivery, RunState, SelectionMode

# How the note of an all-day session begins where only the hour of beginning is known.
BEGINS = re.compile(r"^\d{1,2}:\d{2}から")


@dataclass(frozen=True)
class Problem:
    """A sentence about a row for whoever prepares the list.

    `row` counts as a spreadsheet does, with the heading as row 1; none means the
    whole file. A rejected row is left out; any other was taken over as it says.
    """

    file: str
    row: int | None
    text: str
    rejected: bool = False


@dataclass(frozen=True, order=True)
class RowMark:
    file: str
    row: int


@dataclass(frozen=True)
class Place:
    """A venue, and the room in it where the list tells the two apart."""

    venue: str
    room: str = ""
    address: str = ""
    postal_code: str = ""
    access: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def words(self) -> str:
        return f"{self.venue} {self.room}".strip()


@dataclass(frozen=True)
class SessionFacts:
    """One date. An all-day session ends at midnight after its last day."""

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    time_note: str = ""
    title: str = ""
    venue: str = ""
    room: str = ""

    @property
    def last_day(self) -> date:
        return (self.ends_at - timedelta(minutes=1)).date()

    @property
    def key(self) -> tuple[datetime, str]:
        """What makes it the same session when the list is read again.

        Several all-day sessions of one day differ by the time at which they begin.
        """
        begins = BEGINS.match(self.time_note) if self.is_all_day else None
        return (self.starts_at, begins[0] if begins else "")


@dataclass(frozen=True)
class RunFacts:
    """Names are those of the fields of CourseRun; `capacity` is the general pool's."""

    label: str
    fiscal_year: int
    state: RunState
    selection_mode: SelectionMode
    capacity: int | None
    capacity_unit: CapacityUnit
    capacity_note: str
    audience: str
    delivery: Delivery
    venue: str
    fee: int
    fee_note: str
    bring: str
    how_to_apply: str
    note: str
    contact_name: str
    contact_phone: str
    contact_email: str
    source_url: str


@dataclass(frozen=True)
class CourseFacts:
    """Set once, when the course is made; afterwards they belong to its editors.

    `body` is plain text: (heading, text) pieces, the heading empty for plain prose.
    """

    key: str
    title: str
    title_kana: str
    title_en: str
    summary: str
    body: tuple[tuple[str, str], ...]
    kind: CourseKind
    contact: str


@dataclass(frozen=True)
class PlannedSession:
    facts: SessionFacts
    rows: tuple[RowMark, ...]


@dataclass(frozen=True)
class PlannedRun:
    facts: RunFacts
    sessions: tuple[PlannedSession, ...]


@dataclass(frozen=True)
class PlannedCourse:
    """A course as the list tells it, before anybody looks at what is already there."""

    facts: CourseFacts
    runs: tuple[PlannedRun, ...]
