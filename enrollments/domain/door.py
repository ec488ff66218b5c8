"""What stands on the door's list: everybody who comes to the session, how they are
marked, and how many have come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.domain.contact import kana_key, tidy_text
from courses.enums import SelectionMode
from courses.models import CourseRun, Session
from enrollments.domain.attendance import roster_of
from enrollments.domain.attendance_words import HAVE_COME, MarkFacts, facts_of
from enrollments.domain.tables.reading import table_numbers
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance, Participant


@dataclass(frozen=True)
class DoorRow:
    """`status` is blank where nothing is recorded; `table` none where nobody planned
    tables."""

    person: Participant
    status: str
    table: int | None = None

    @property
    def facts(self) -> MarkFacts | None:
        return facts_of(self.status)

    @property
    def label(self) -> str:
        return str(AttendanceStatus(self.status).label) if self.status else ""

    @property
    def has_come(self) -> bool:
        return self.status in HAVE_COME

    def is_called(self, query: str) -> bool:
        """By the beginning of either part of the reading, or by the name as written."""
        kana = kana_key(query)
        person = self.person
        readings = (person.full_name_kana, person.given_name_kana)
        if kana and any(kana_key(one).startswith(kana) for one in readings):
            return True
        written = tidy_text(query).replace(" ", "")
        return written in person.full_name.replace(" ", "")


@dataclass(frozen=True)
class DoorList:
    rows: tuple[DoorRow, ...]

    @property
    def came(self) -> int:
        return sum(row.has_come for row in self.rows)

    @property
    def expected(self) -> int:
        """Those who told that they do not come are not waited for."""
        return sum(row.status != AttendanceStatus.EXCUSED for row in self.rows)

    def of(self, query: str, *, only_left: bool = False) -> tuple[DoorRow, ...]:
        """`only_left`: those of whom nothing is recorded yet."""
        found: Iterable[DoorRow] = self.rows
        if query:
            found = (row for row in found if row.is_called(query))
        if only_left:
            found = (row for row in found if not row.status)
        return tuple(found)


def door_list(session: Session) -> DoorList:
    """In order of reading, in three queries."""
    marks = Attendance.objects.filter(session=session)
    stands = dict(marks.values_list("participant", "status"))
    tables = table_numbers(session)
    return DoorList(
        tuple(
            DoorRow(one, stands.get(one.pk, ""), tables.get(one.pk))
            for one in roster_of(session)
        )
    )


def is_counted_only(run: CourseRun) -> bool:
    """申込不要: nobody is on a list, so that heads are counted."""
    return bool(run.selection_mode == SelectionMode.OPEN)


def needs_door(session: Session, *, at: datetime) -> bool:
    return session.is_held and session.ends_at > at
