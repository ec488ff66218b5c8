"""What an import would make and change, as plain data: computed first, applied later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from courses.domain.event_facts import (
    CourseFacts,
    Place,
    Problem,
    RowMark,
    RunFacts,
    SessionFacts,
)

# Owns imported courses whose contact names none of the city's sections.
HOLDING_SECTION = "imported"


@dataclass(frozen=True)
class KnownSession:
    """A session that is already there, as the list would tell it."""

    pk: int
    facts: SessionFacts
    is_held: bool = True
    teachers: tuple[int, ...] = ()


@dataclass(frozen=True)
class KnownRun:
    """`in_hand`: people apply for it here, so that only people may change it."""

    pk: int
    facts: RunFacts
    sessions: tuple[KnownSession, ...]
    in_hand: bool = False


@dataclass(frozen=True)
class KnownCourse:
    """`department` is the code of the section that owns it."""

    pk: int
    title: str
    department: str
    runs: tuple[KnownRun, ...] = ()
    teachers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Booking:
    """A room that is taken; `session` none for one that is about to be made. `title` is
    the course that has it."""

    venue: str
    room: str
    starts_at: datetime
    ends_at: datetime
    session: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Teaching:
    """An instructor who is busy then."""

    instructor: int
    starts_at: datetime
    ends_at: datetime
    session: int


@dataclass(frozen=True)
class Known:
    """What is already there: courses by import key, venues with their rooms, the names
    of the sections by code, which rooms and which instructors are taken when, and what
    the instructors are called."""

    courses: Mapping[str, KnownCourse]
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    departments: Mapping[str, str] = field(default_factory=dict)
    bookings: tuple[Booking, ...] = ()
    teaching: tuple[Teaching, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One fact that the list tells otherwise than before."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class SessionStep:
    """Make (no pk), change or keep one session."""

    facts: SessionFacts
    rows: tuple[RowMark, ...]
    pk: int | None = None
    changes: tuple[Change, ...] = ()
    teachers: tuple[int, ...] = ()

    @property
    def books_anew(self) -> bool:
        """Whether it takes a room and people that it did not have until now."""
        return self.pk is None or bool(self.changes)


@dataclass(frozen=True)
class RunStep:
    facts: RunFacts
    sessions: tuple[SessionStep, ...]
    pk: int | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class CourseStep:
    facts: CourseFacts
    runs: tuple[RunStep, ...]
    department: str
    pk: int | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.pk is not None and all(
            run.pk is not None
            and not run.changes
            and all(step.pk is not None and not step.changes for step in run.sessions)
            for run in self.runs
        )


@dataclass(frozen=True)
class ImportPlan:
    """`rows` is what the files hold; each is in a session or among the rejected."""

    rows: int
    courses: tuple[CourseStep, ...] = ()
    places: tuple[Place, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def new_courses(self) -> list[CourseStep]:
        return [step for step in self.courses if step.pk is None]

    @property
    def changed_courses(self) -> list[CourseStep]:
        return [s for s in self.courses if s.pk is not None and not s.is_unchanged]

    @property
    def unchanged_courses(self) -> list[CourseStep]:
        return [step for step in self.courses if step.is_unchanged]

    @property
    def rejected(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.rejected]

    @property
    def notes(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.rejected]

    @property
    def used_rows(self) -> set[RowMark]:
        return {
            mark
            for course in self.courses
            for run in course.runs
            for session in run.sessions
            for mark in session.rows
        }

    @property
    def accounts_for_every_row(self) -> bool:
        rejected = {
            RowMark(problem.file, problem.row)
            for problem in self.rejected
            if problem.row is not None
        }
        used = self.used_rows
        return not used & rejected and len(used) + len(rejected) == self.rows


def differences(before: object, after: object, names: Iterable[str]) -> tuple[Change, ...]:
    """The named fields in which two records of the same kind differ."""
    return tuple(
        Change(name, getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    )


RUN_FIELDS = tuple(entry.name for entry in fields(RunFacts))
SESSION_FIELDS = tuple(entry.name for entry in fields(SessionFacts))
