"""Some of those who told that they could not come went to the same session of another run
of the course instead (振替)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cms.demo.identifiers import dice
from cms.demo.offerings import Offerings
from courses.models import Session
from enrollments.enums import AttendanceStatus, MarkSource
from enrollments.models import Attendance

ONE_IN = 3


def make_up_elsewhere(
    attendances: Iterable[Attendance], offerings: Offerings, *, before: datetime
) -> None:
    """Changes them before they are written."""
    alike: dict[tuple[int, int, int], list[Session]] = defaultdict(list)
    for sessions in offerings.sessions.values():
        for session in sessions:
            if session.is_held and session.ends_at < before:
                alike[_kind_of(session)].append(session)
    for one in attendances:
        if one.status != AttendanceStatus.EXCUSED or one.session.run.chooses_session:
            continue
        others = [s for s in alike[_kind_of(one.session)] if s.run_id != one.session.run_id]
        chance = dice("made up", one.session.uid, one.participant.pk)
        if others and chance.randrange(ONE_IN) == 0:
            one.status, one.source = AttendanceStatus.MADE_UP, MarkSource.DOOR
            one.made_up_in = chance.choice(others)
            one.recorded_at = max(one.recorded_at, one.made_up_in.ends_at)


def _kind_of(session: Session) -> tuple[int, int, int]:
    return session.run.course_id, session.run.fiscal_year, session.number
