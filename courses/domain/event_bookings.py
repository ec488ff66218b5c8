"""Imported sessions change rooms and instructors all at once: what changes is freed
first, so that two sessions may swap, and the database looks at the end result only."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from courses.domain.change_words import session_words
from courses.domain.event_plan import ImportPlan, SessionStep
from courses.domain.rooms import lock_rooms
from courses.domain.teaching import lock_instructors
from courses.models import Room, Session, SessionInstructor

Words = dict[str, str]


def lock_bookings(plan: ImportPlan, rooms: Iterable[Room]) -> None:
    """After the runs: rooms, then instructors, as everywhere."""
    lock_rooms(rooms)
    lock_instructors({person for step in booking_anew(plan) for person in step.teachers})


def free_what_changes(plan: ImportPlan, *, at: datetime) -> dict[int, Words]:
    """Returns the facts of each such session, in words, as they were."""
    wanted = [step.pk for step in booking_anew(plan) if step.pk is not None]
    found = Session.objects.filter(pk__in=wanted)
    before = {
        session.pk: session_words(session, at=at)
        for session in found.select_related("run__venue", "venue", "room__venue")
    }
    SessionInstructor.objects.filter(session__in=wanted).delete()
    found.update(room=None)
    return before


def teach(session: Session, step: SessionStep) -> None:
    """Those whom the plan found free. Reasons for an overlap were about other times."""
    SessionInstructor.objects.bulk_create(
        SessionInstructor(session=session, instructor_id=person) for person in step.teachers
    )


def booking_anew(plan: ImportPlan) -> Iterator[SessionStep]:
    for course in plan.courses:
        for run in course.runs:
            for step in run.sessions:
                if step.books_anew:
                    yield step
