"""The content files as plain data."""

import tomllib
from dataclasses import dataclass, field, fields
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, kw_only=True)
class CourseContent:
    """One course with the pattern of its runs.

    `months` are the months in which a run begins, each year; `day` and `week` say
    on which weekday of which week; `every` is the number of days between sessions.
    `venues` take turns where a course goes round the city.
    """

    number: int
    slug: str
    title: str
    kana: str
    kind: str
    department: str
    summary: str
    intro: str
    body: str
    cover: str
    en: str = ""
    stages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    childcare: bool = False
    childcare_note: str = ""
    sign_language: bool = False
    captioning: bool = False
    competencies: tuple[str, ...] = ()
    instructors: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    co_hosts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    draft: bool = False
    months: tuple[int, ...] = ()
    day: str = "sat"
    week: int = 1
    every: int = 7
    time: str = "10:00-12:00"
    sessions: tuple[str, ...] = ("",)
    venue: str = ""
    venues: tuple[str, ...] = ()
    selection: str = "first_come"
    delivery: str = "venue"
    unit: str = "persons"
    capacity: int | None = None
    capacity_note: str = ""
    pools: dict[str, int] = field(default_factory=dict)
    chooses_session: bool = False
    applying: dict[str, Any] = field(default_factory=dict)
    require: tuple[dict[str, Any], ...] = ()
    ask: tuple[dict[str, Any], ...] = ()
    offer: tuple[dict[str, Any], ...] = ()
    party: int = 1
    waiting_list: bool = True
    audience: str = ""
    fee: int = 0
    fee_note: str = ""
    bring: str = ""
    how_to_apply: str = ""
    note: str = ""
    completion: int | None = None
    completion_percent: int | None = None
    counts_partly: bool = True
    required: tuple[int, ...] = ()

    @property
    def weekday(self) -> int:
        return WEEKDAYS.index(self.day)

    @property
    def hours(self) -> tuple[time, time]:
        begin, _, end = self.time.partition("-")
        return _clock(begin), _clock(end)

    @property
    def places(self) -> dict[str, int | None]:
        """Capacity per pool; `general/2` are the places of the second session where
        people choose one."""
        if self.chooses_session:
            numbers = range(1, len(self.sessions) + 1)
            return {f"general/{number}": self.capacity for number in numbers}
        return dict(self.pools) if self.pools else {"general": self.capacity}

    @property
    def has_one_pool(self) -> bool:
        return len(self.places) == 1 and "general" in self.places

    @property
    def for_staff_only(self) -> bool:
        return set(self.pools) == {"staff"}


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


@cache
def read(name: str) -> dict[str, Any]:
    """A content file as it was written; shared, so nobody changes it."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def courses() -> tuple[CourseContent, ...]:
    """Every course, in order of its number."""
    found = [
        _course(entry)
        for path in sorted((CONTENT / "courses").glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["course"]
    ]
    return tuple(sorted(found, key=lambda course: course.number))


def _course(entry: dict[str, Any]) -> CourseContent:
    known = {one.name for one in fields(CourseContent)}
    if unknown := set(entry) - known:
        raise ValueError(f"{entry.get('slug')}: {sorted(unknown)}")
    frozen = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    return CourseContent(**frozen)
