"""People by sessions: how everybody of a run is marked, and how often each has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.models import CourseRun, Session
from enrollments.domain.attendance import roster
from enrollments.domain.attendance_words import HAVE_COME, facts_of
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance, HeadCount, Participant


@dataclass(frozen=True)
class Cell:
    """`sign` is blank where nothing is recorded, a dash where the person is not meant
    to come."""

    sign: str
    words: str
    tone: str


NOTHING, NOT_MEANT = Cell("", "", ""), Cell("−", "", "")


@dataclass(frozen=True)
class TableRow:
    person: Participant
    cells: tuple[Cell, ...]
    came: int


@dataclass(frozen=True)
class AttendanceTable:
    """`came` counts per session, from the list or by heads."""

    sessions: tuple[Session, ...]
    rows: tuple[TableRow, ...]
    came: tuple[int, ...]


def attendance_table(run: CourseRun) -> AttendanceTable:
    """In four queries, however many people and sessions."""
    sessions = tuple(one for one in run.sessions.all() if one.is_held)
    people = roster(run.pk)
    stands = {
        (participant, session): status
        for participant, session, status in Attendance.objects.filter(
            session__in=sessions
        ).values_list("participant", "session", "status")
    }
    heads = dict(
        HeadCount.objects.filter(session__in=sessions).values_list("session", "number")
    )
    rows = tuple(_row(person, sessions, stands) for person in people)
    on_list = {person.pk for person in people}
    came = tuple(
        heads.get(one.pk)
        or sum(
            status in HAVE_COME
            for (person, session), status in stands.items()
            if session == one.pk and person in on_list
        )
        for one in sessions
    )
    return AttendanceTable(sessions, rows, came)


def _row(
    person: Participant,
    sessions: Sequence[Session],
    stands: dict[tuple[int, int], str],
) -> TableRow:
    chosen = person.application.pool.session_id
    marks = [stands.get((person.pk, one.pk), "") for one in sessions]
    cells = tuple(
        NOT_MEANT if chosen not in (None, one.pk) else _cell(status)
        for one, status in zip(sessions, marks, strict=True)
    )
    return TableRow(person, cells, sum(status in HAVE_COME for status in marks))


def _cell(status: str) -> Cell:
    facts = facts_of(status)
    if facts is None:
        return NOTHING
    return Cell(facts.sign, str(AttendanceStatus(status).label), facts.tone)
