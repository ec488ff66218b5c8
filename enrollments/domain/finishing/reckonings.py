"""Everybody's completion as it is reckoned now, for many people at once, in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from courses.models import CourseRun, Session
from enrollments.domain.finishing.reckoning import Mark, Meeting, Reckoning, Rule, reckon
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance, Participant


def rule_of(run: CourseRun) -> Rule:
    return Rule(
        sessions=run.completion_sessions,
        percent=run.completion_percent,
        counts_partly=run.counts_partly,
    )


def reckonings(people: Iterable[Participant], *, at: datetime) -> dict[int, Reckoning]:
    """By the key of the participant, whose application comes with its run and pool."""
    every = list(people)
    marks, nowhere = _marks(every)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    runs = {person.application.run_id for person in every}
    for session in Session.objects.filter(run__in=runs):
        meetings[session.run_id].append(meeting_of(session, at=at))
    found: dict[int, Reckoning] = {}
    for person in every:
        own = person.application
        chosen = own.pool.session_id
        found[person.pk] = reckon(
            rule_of(own.run),
            [one for one in meetings[own.run_id] if chosen in (None, one.key)],
            marks[person.pk],
            called_off_elsewhere=nowhere,
        )
    return found


def meeting_of(session: Session, *, at: datetime) -> Meeting:
    return Meeting(
        key=session.pk,
        number=session.number,
        is_held=session.is_held,
        is_over=session.ends_at <= at,
        is_required=session.is_required,
        stands_in_for=session.makes_up_id,
    )


def _marks(people: list[Participant]) -> tuple[dict[int, dict[int, Mark]], set[int]]:
    """By participant and session; and sessions of other runs that were called off."""
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    nowhere: set[int] = set()
    rows = Attendance.objects.filter(participant__in=[one.pk for one in people])
    for row in rows.select_related("made_up_in"):
        status = AttendanceStatus(row.status)
        marks[row.participant_id][row.session_id] = Mark(status, row.made_up_in_id)
        if row.made_up_in is not None and not row.made_up_in.is_held:
            nowhere.add(row.made_up_in.pk)
    return marks, nowhere
