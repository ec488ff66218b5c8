"""What reading a list would make and change, compared with what is already there.

Pure: the same rows and the same known state give the same plan. What people applied
for is left to people; nothing is ever deleted or cancelled for being absent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.event_facts import PlannedCourse, Problem
from courses.domain.event_plan import HOLDING_SECTION, CourseStep, ImportPlan, Known
from courses.exchange.event_list.cleaning import key_of
from courses.exchange.event_list.facts import Occurrence, occurrence
from courses.exchange.event_list.grouping import group
from courses.exchange.event_list.lecturing import without_double_teaching
from courses.exchange.event_list.matching import match_runs, new_runs
from courses.exchange.event_list.placing import Places, without_double_booking
from courses.exchange.event_list.reading import Row


@dataclass(frozen=True)
class Understood:
    """The lists by themselves: courses, and what was said about their rows."""

    rows: int
    courses: tuple[PlannedCourse, ...]
    occurrences: tuple[Occurrence, ...]
    problems: tuple[Problem, ...]

    @property
    def keys(self) -> set[str]:
        """The import keys of the courses that the lists are about."""
        return {course.facts.key for course in self.courses}

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first start to the last end, none without any row."""
        sessions = [found.session for found in self.occurrences]
        if not sessions:
            return None
        return min(s.starts_at for s in sessions), max(s.ends_at for s in sessions)


def understand(read: Sequence[Row | Problem]) -> Understood:
    problems = [found for found in read if isinstance(found, Problem)]
    rows = len(read) - sum(1 for problem in problems if not problem.rejected)
    occurrences = []
    for row in read:
        if isinstance(row, Row):
            event, doubts = occurrence(row)
            problems += doubts
            occurrences += [event] if event else []
    grouped = group(occurrences)
    problems += grouped.problems
    return Understood(rows, grouped.courses, tuple(occurrences), tuple(problems))


def plan_import(
    lists: Understood, known: Known, *, at: datetime, department: str = ""
) -> ImportPlan:
    """`department` is the code of the section that the courses shall belong to; without
    it the section whose name the contact contains, else the holding section."""
    places = Places(known)
    places.learn(lists.occurrences)
    steps: list[CourseStep] = []
    problems = list(lists.problems)
    for course in lists.courses:
        step, doubts = _course_step(_spelled(course, places), known, at, department)
        steps += [step] if step else []
        problems += doubts
    steps, of_rooms = without_double_booking(steps, known, today=at.date())
    steps, of_people = without_double_teaching(steps, known)
    problems += [*of_rooms, *of_people]
    return ImportPlan(
        rows=lists.rows,
        courses=tuple(steps),
        places=places.new,
        problems=tuple(sorted(problems, key=lambda p: (p.file, p.row or 0))),
    )


def _course_step(
    course: PlannedCourse, known: Known, at: datetime, department: str
) -> tuple[CourseStep | None, list[Problem]]:
    there = known.courses.get(course.facts.key)
    if there is None:
        section = department or section_for(course.facts.contact, known)
        return CourseStep(course.facts, new_runs(course), section), []
    if department and there.department != department:
        return None, _of_another_section(course)
    runs, problems = match_runs(course, there, at=at)
    facts = replace(course.facts, title=there.title)
    step = CourseStep(facts, runs, there.department, there.pk) if runs else None
    return step, problems


def section_for(contact: str, known: Known) -> str:
    """The longest section name that the contact contains, else the holding section.

    Contacts are free text and sections decide who may edit, so none is made up.
    """
    told = key_of(contact)
    fitting = [
        (len(name), code)
        for code, name in known.departments.items()
        if code != HOLDING_SECTION and key_of(name) in told
    ]
    return max(fitting)[1] if fitting else HOLDING_SECTION


def _of_another_section(course: PlannedCourse) -> list[Problem]:
    words = _("「%(title)s」はほかの担当課の講座です。")
    text = words % {"title": course.facts.title}
    return [
        Problem(mark.file, mark.row, text, rejected=True)
        for run in course.runs
        for session in run.sessions
        for mark in session.rows
    ]


def _spelled(course: PlannedCourse, places: Places) -> PlannedCourse:
    """With the venues and rooms by the names they have here."""
    runs = []
    for run in course.runs:
        sessions = tuple(
            replace(session, facts=places.spelled(session.facts))
            for session in run.sessions
        )
        facts = replace(run.facts, venue=sessions[0].facts.venue)
        runs.append(replace(run, facts=facts, sessions=sessions))
    return replace(course, runs=tuple(runs))
