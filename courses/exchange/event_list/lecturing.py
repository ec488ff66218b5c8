"""Who teaches what a list makes or moves: an instructor who teaches elsewhere at the
time is left out, and said so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from courses.domain.event_facts import Problem
from courses.domain.event_plan import (
    CourseStep,
    Known,
    SessionStep,
    Teaching,
)

# Not yet in the database.
NEW = 0


def without_double_teaching(
    courses: Sequence[CourseStep], known: Known
) -> tuple[list[CourseStep], list[Problem]]:
    """A new session is taught by the course's instructors, one that is there by its
    own; sessions that stay as they are keep theirs before the others get theirs."""
    steps = [s for course in courses for run in course.runs for s in run.sessions]
    anew = {step.pk for step in steps if step.books_anew}
    busy = _Busy(known, [row for row in known.teaching if row.session not in anew])
    checked = [
        replace(
            course,
            runs=tuple(
                replace(run, sessions=tuple(busy.taught(course, s) for s in run.sessions))
                for run in course.runs
            ),
        )
        for course in courses
    ]
    return checked, busy.problems


class _Busy:
    """Who teaches when, while sessions are added one by one."""

    def __init__(self, known: Known, rows: Iterable[Teaching]) -> None:
        self.people = known.people
        self.rows = list(rows)
        self.problems: list[Problem] = []
        self.of_course = {key: course.teachers for key, course in known.courses.items()}
        self.of_session = {
            session.pk: session.teachers
            for course in known.courses.values()
            for run in course.runs
            for session in run.sessions
        }

    def taught(self, course: CourseStep, step: SessionStep) -> SessionStep:
        if step.pk is None:
            wanted = self.of_course.get(course.facts.key, ())
        else:
            wanted = self.of_session.get(step.pk, ())
        if not step.books_anew:
            return replace(step, teachers=wanted)
        free = tuple(person for person in wanted if self._is_free(person, step))
        for person in wanted:
            if person not in free:
                self._say(person, step)
        facts = step.facts
        self.rows += [
            Teaching(person, facts.starts_at, facts.ends_at, NEW) for person in free
        ]
        return replace(step, teachers=free)

    def _is_free(self, person: int, step: SessionStep) -> bool:
        facts = step.facts
        return not any(
            row.instructor == person
            and row.starts_at < facts.ends_at
            and row.ends_at > facts.starts_at
            for row in self.rows
        )

    def _say(self, person: int, step: SessionStep) -> None:
        words = _(
            "講師「%(name)s」は同じ時間に別の回で教えます。講師を外して取り込みました。"
        )
        text = words % {"name": self.people.get(person, "")}
        self.problems += [Problem(mark.file, mark.row, text) for mark in step.rows]
