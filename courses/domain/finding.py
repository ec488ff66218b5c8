"""One look at the runs answers what fits, what every other choice would find, and what
would be found if one condition were dropped.

A choice counts the courses that it would find together with everything chosen in the
other facets, as if nothing were chosen in its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from courses.domain.catalogue import CatalogueFilter
from courses.domain.facets import COURSE_FACETS, RUN_FACETS, SESSION_FACETS
from courses.domain.offered_runs import Facts, Meeting, OfferedRun, runs_to_search
from courses.domain.plain_reading import FEW_KEYS
from courses.models import Course

Wanted: TypeAlias = Mapping[str, frozenset[str]]
NOTHING: Facts = {}


@dataclass
class Found:
    """`runs` are by course those that fit, with the meetings of theirs that fit;
    `by_choice` has the courses of each facet's value; `without` by facet those that only
    this facet keeps away."""

    runs: dict[int, list[OfferedRun]] = field(default_factory=dict)
    by_choice: dict[tuple[str, str], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    without: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, course: int, facts: Facts, facets: Iterable[str]) -> None:
        for facet in facets:
            for value in facts.get(facet, ()):
                self.by_choice[facet, value].add(course)


def find(chosen: CatalogueFilter, *, at: datetime) -> Found:
    """What is chosen among what is offered, in four queries."""
    runs = runs_to_search(chosen, at=at)
    courses = {run.course for run in runs}
    if chosen.text_matches is not None and not chosen.narrows_dates:
        courses.update(chosen.text_matches)
    return look(chosen, runs, course_facts(courses))


def look(
    chosen: CatalogueFilter, runs: Sequence[OfferedRun], courses: Mapping[int, Facts]
) -> Found:
    """`courses` are the facts of the courses that may be found, those without a run
    too; `runs` what `runs_to_search` gave."""
    found = Found()
    by_course: dict[int, list[OfferedRun]] = {course: [] for course in courses}
    for run in runs:
        if run.course in by_course:
            by_course[run.course].append(run)
    of_course = _only(chosen.wanted, COURSE_FACETS)
    for course, offered in by_course.items():
        missing = list(_missing(of_course, courses[course]))
        if len(missing) <= 1:
            _look_at(course, offered, courses[course], chosen, missing, found)
    return found


def _look_at(
    course: int,
    runs: Sequence[OfferedRun],
    facts: Facts,
    chosen: CatalogueFilter,
    missing: list[str],
    found: Found,
) -> None:
    of_run = _only(chosen.wanted, RUN_FACETS)
    of_session = _only(chosen.wanted, SESSION_FACETS)
    fits = False
    if not runs:
        lacking = [*missing, *of_run, *of_session]
        fits = _note(course, lacking, (facts,), found)
    for run in runs:
        of_this = [*missing, *_missing(of_run, run.facts)]
        if len(of_this) > 1:
            continue
        fitting: list[Meeting | None] = []
        known: dict[
            int, bool
        ] = {}  # by facts: sessions of which the same is said share them
        for meeting in run.meetings or (None,):
            own = meeting.facts if meeting else NOTHING
            if id(own) not in known:
                lacking = [*of_this, *_missing(of_session, own)]
                known[id(own)] = _note(course, lacking, (facts, run.facts, own), found)
            if known[id(own)]:
                fitting.append(meeting)
        if fitting:
            fits = True
            kept = [meeting for meeting in fitting if meeting]
            found.runs.setdefault(course, []).append(replace(run, meetings=kept))
    if fits:
        found.runs.setdefault(course, [])


def _note(course: int, lacking: list[str], facts: tuple[Facts, ...], found: Found) -> bool:
    """What fits counts everywhere; what only one facet keeps away counts there."""
    if len(lacking) > 1:
        return False
    for known in facts:
        found.add(course, known, lacking or known)
    if lacking:
        found.without[lacking[0]].add(course)
    return not lacking


def _only(wanted: Wanted, facets: Iterable[str]) -> Wanted:
    return {facet: wanted[facet] for facet in facets if facet in wanted}


def _missing(wanted: Wanted, facts: Facts) -> Iterator[str]:
    """The facets of which no wanted value is there."""
    for facet, values in wanted.items():
        if values.isdisjoint(facts.get(facet, ())):
            yield facet


def meetings_of(runs: Iterable[OfferedRun]) -> list[Meeting]:
    return [meeting for run in runs for meeting in run.meetings]


def course_facts(courses: Iterable[int]) -> dict[int, Facts]:
    """Of these public courses kind, stages, themes (by key of the row) and audiences, in
    one query."""
    keys = set(courses)
    few = Q(pk__among=keys) if len(keys) <= FEW_KEYS else Q()
    of_few = Q(course__among=keys) if len(keys) <= FEW_KEYS else Q()
    rows = _rows(Course.objects.public().filter(few), "kind", "kind", "pk").union(
        _related("stages", "stage", "stage__key", of_few),
        _related("themes", "theme", "theme_id", of_few),
        _related("audiences", "audience", "audience__key", of_few),
        all=True,
    )
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for facet, value, course in rows:
        if course in keys:
            facts = found.setdefault(course, {})
            facts[facet] = (*facts.get(facet, ()), value)
    # Every public course has a kind.
    return {course: facts for course, facts in found.items() if "kind" in facts}


def _related(name: str, facet: str, value: str, which: Q) -> "QuerySet[Any, Any]":
    through = getattr(Course, name).through.objects.filter(which)
    return _rows(through, facet, value, "course")


def _rows(
    rows: "QuerySet[Any]", facet: str, value: str, course: str
) -> "QuerySet[Any, Any]":
    named = rows.order_by().annotate(
        facet=Value(facet, CharField()), choice=Cast(value, CharField()), found=F(course)
    )
    found: QuerySet[Any, Any] = named.values_list("facet", "choice", "found")
    return found
