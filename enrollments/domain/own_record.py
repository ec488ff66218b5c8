"""People see how they are marked, session by session, in kind words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from courses.models import Session
from enrollments.domain.attendance_words import MARKS
from enrollments.enums import AttendanceStatus
from enrollments.models import Application, Attendance, Participant


@dataclass(frozen=True)
class RecordLine:
    session: Session
    person: Participant
    status: AttendanceStatus
    words: Promise
    made_up_in: Session | None


def own_record(applications: Iterable[Application]) -> list[RecordLine]:
    """The latest session first, in one query."""
    rows = Attendance.objects.filter(participant__application__in=list(applications))
    found = rows.select_related(
        "session__run__course", "participant", "made_up_in__run__course"
    ).order_by("-session__starts_at", "participant__position", "pk")
    return [
        RecordLine(
            session=row.session,
            person=row.participant,
            status=AttendanceStatus(row.status),
            words=MARKS[AttendanceStatus(row.status)].kindly,
            made_up_in=row.made_up_in,
        )
        for row in found
    ]
