"""When and where every run takes place, planned year by year from the content alone.

The same fiscal year always comes out the same, whatever today is. No room and no
instructor is booked twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from cms.demo.reading import CourseContent, read
from cms.demo.workdays import (
    bulletin_before,
    is_workday,
    weekday_of_month,
    workday_before,
    workday_from,
)
from courses.domain.fiscal_year import TOKYO

MONTHS_IN_ORDER = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
# How many days before the first session applications open, and close, per mode.
OPENS = {"first_come": 55, "lottery_if_over": 60, "lottery": 60, "screening": 62}
CLOSES = {"first_come": 0, "lottery_if_over": 14, "lottery": 16, "screening": 22}


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    ends_at: datetime
    venue: str = ""
    room: str = ""


@dataclass(frozen=True)
class PlannedRun:
    """A run with its sessions' slots; `spare` are later slots, kept free in case the
    run has to be put off. `stage` is how far its draw has come, where it is shown
    (`draws`); its window is moved for that."""

    course: CourseContent
    fiscal_year: int
    month: int
    ordinal: int
    slots: tuple[Slot, ...]
    spare: tuple[Slot, ...] = ()
    stage: str = ""
    moved_window: tuple[datetime, datetime] | None = None

    @property
    def code(self) -> str:
        return f"{self.fiscal_year}-{self.course.number:02}{self.month:02}"

    @property
    def starts_at(self) -> datetime:
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.slots[-1].ends_at

    @property
    def label(self) -> str:
        if len(self.course.months) == 1:
            return ""
        if len(self.course.sessions) > 1:
            return f"第{self.ordinal}期"
        return f"{self.starts_at.month}月"

    @property
    def window(self) -> tuple[datetime, datetime] | None:
        """Opens with a bulletin, closes before the first session, both on workdays."""
        if self.moved_window:
            return self.moved_window
        mode, first = self.course.selection, self.starts_at.date()
        if mode == "open" or self.course.for_staff_only:
            return None
        opens = workday_from(bulletin_before(first - timedelta(days=OPENS[mode])))
        closes = workday_before(first - timedelta(days=CLOSES[mode]))
        return _at(opens, time(9)), _at(closes, time(17))


@dataclass
class Bookings:
    """What is taken: rooms and instructors, by the day."""

    taken: dict[tuple[str, date], list[Slot]] = field(default_factory=dict)

    def is_free(self, who: str, slot: Slot) -> bool:
        others = self.taken.get((who, slot.starts_at.date()), [])
        return all(
            slot.ends_at <= other.starts_at or other.ends_at <= slot.starts_at
            for other in others
        )

    def take(self, who: Iterable[str], slot: Slot) -> None:
        for one in who:
            self.taken.setdefault((one, slot.starts_at.date()), []).append(slot)


def plan_fiscal_year(courses: Iterable[CourseContent], year: int) -> list[PlannedRun]:
    """Every run that begins in the fiscal year, in order of month and course."""
    bookings = Bookings()
    order = {month: place for place, month in enumerate(MONTHS_IN_ORDER)}
    wanted = [
        (order[month], course.number, month, course)
        for course in courses
        for month in course.months
    ]
    runs = [
        _plan_run(course, year, month, bookings)
        for *_order, month, course in sorted(wanted)
    ]
    return [replace(run, spare=_spare(run, bookings)) for run in runs]


def _plan_run(
    course: CourseContent, year: int, month: int, bookings: Bookings
) -> PlannedRun:
    in_order = sorted(course.months, key=MONTHS_IN_ORDER.index)
    ordinal = in_order.index(month) + 1
    run = PlannedRun(course, year, month, ordinal, slots=())
    return replace(run, slots=_book(run, bookings))


def _spare(run: PlannedRun, bookings: Bookings) -> tuple[Slot, ...]:
    """Four weeks later; none where that would run into the next fiscal year."""
    slots = _book(run, bookings, after=28)
    return slots if slots[-1].ends_at < _at(date(run.fiscal_year + 1, 4, 1), time()) else ()


def _book(run: PlannedRun, bookings: Bookings, after: int = 0) -> tuple[Slot, ...]:
    """One slot per session, from the run's week on (`after` days later)."""
    course = run.course
    calendar_year = run.fiscal_year + (run.month < 4)
    day = weekday_of_month(
        calendar_year, run.month, weekday=course.weekday, week=course.week
    ) + timedelta(days=after)
    slots: list[Slot] = []
    for _title in course.sessions:
        slot = None
        while slot is None:
            slot = _free_slot(run, day, bookings)
            day += timedelta(days=course.every if slot else 7)
        bookings.take(_names(course, slot), slot)
        slots.append(slot)
    return tuple(slots)


def _free_slot(run: PlannedRun, day: date, bookings: Bookings) -> Slot | None:
    if not is_workday(day):
        return None
    begin, end = run.course.hours
    slot = Slot(_at(day, begin), _at(day, end))
    if not all(bookings.is_free(name, slot) for name in _names(run.course, slot)):
        return None
    for venue, room in _rooms(run):
        placed = replace(slot, venue=venue, room=room)
        if not venue or bookings.is_free(f"{venue}/{room}", placed):
            return placed
    return None


def _names(course: CourseContent, slot: Slot) -> list[str]:
    rooms = [f"{slot.venue}/{slot.room}"] if slot.room else []
    return [*course.instructors, *rooms]


def _rooms(run: PlannedRun) -> list[tuple[str, str]]:
    """The room wanted, then those of the same house that are no smaller."""
    course = run.course
    wanted = course.venue
    if course.venues:
        wanted = course.venues[(run.ordinal - 1) % len(course.venues)]
    if not wanted:
        return [("", "")]
    venue, _, room = wanted.partition("/")
    sizes = _room_sizes()[venue]
    larger = [name for name, size in sizes.items() if size > sizes[room]]
    return [(venue, name) for name in (room, *larger)]


@cache
def _room_sizes() -> dict[str, dict[str, int]]:
    return {venue["code"]: dict(venue["rooms"]) for venue in read("venues")["venue"]}


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=TOKYO)
