"""A plain run answers as a `CourseRun` does whose pools and sessions are prefetched;
hundreds of them are made in a fraction of the time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeVar

from courses.models.querysets import HELD


class OfRun(Protocol):
    @property
    def run_id(self) -> int: ...


Row = TypeVar("Row", bound=OfRun)


class Rows(list[Row], Generic[Row]):
    def all(self) -> "Rows[Row]":
        return self


class PlainSession(NamedTuple):
    """`area`, `venue_name` and `venue_code` of its own place, else of the run's."""

    run_id: int
    pk: int
    number: int
    state: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    room_name: str
    venue_name: str | None
    area: str | None
    venue_code: str | None

    @property
    def is_held(self) -> bool:
        return self.state in HELD


class PlainPool(NamedTuple):
    run_id: int
    pk: int
    session_id: int | None
    kind: str
    capacity: int | None
    seats_taken: int

    @property
    def seats_left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.seats_taken


class PlainVenue(NamedTuple):
    name: str
    area: str


@dataclass(slots=True)
class PlainRun:
    """`waiting`, how many wait for a place, is 0 until somebody counts them."""

    pk: int
    course_id: int
    code: str
    state: str
    selection_mode: str
    chooses_session: bool
    waiting_list: bool
    applications_open_at: datetime | None
    applications_close_at: datetime | None
    created_at: datetime
    capacity_unit: str
    fee: int
    fee_note: str
    delivery: str
    has_childcare: bool
    has_sign_language: bool
    has_captioning: bool
    venue: PlainVenue | None
    sessions: Rows[PlainSession]
    pools: Rows[PlainPool]
    waiting: int = 0
