"""The runs that something speaks for, as the ranking takes them: read in a fixed number of
queries, however many there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from courses.domain.plain_reading import read_plain
from courses.domain.plain_runs import PlainRun
from courses.domain.pools import offered_pools
from courses.domain.queries import sessions_ahead
from courses.domain.reception import facts_of, reception_status
from courses.enums import RunState, SelectionMode
from courses.models import Course, CourseRun, Requirement, Session, Theme
from courses.models.querysets import CourseRunQuerySet, SessionQuerySet
from enrollments.domain.conditions import conditions_from
from enrollments.domain.eligibility import Condition, PersonFacts, findings, may_apply
from enrollments.domain.queries import count_waiting
from enrollments.domain.recommending.ranking import Candidate, Ground, Span
from enrollments.domain.recommending.rules import ROW_OF, By

# What is known of whoever would apply, as far as these conditions ask for it.
AskFacts = Callable[[Iterable[Condition]], PersonFacts]


@dataclass(frozen=True)
class _Sorted:
    """How the courses are sorted, by key of the course."""

    stages: Mapping[int, frozenset[int]]
    themes: Mapping[int, frozenset[int]]


def candidates_for(
    grounds: Iterable[Ground], ask: AskFacts, *, at: datetime
) -> list[Candidate]:
    """Announced runs of public courses with a session to come, whose window has not
    closed; those that agree with at least one of the grounds."""
    keys = _keys(grounds)
    if not keys:
        return []
    above = _themes_above()
    runs = read_plain(_worth_reading(keys, above, at))
    count_waiting(runs)
    order = _sorted({run.course_id for run in runs}, above)
    conditions = _conditions(runs)
    facts = ask([one for own in conditions.values() for one in own])
    return [_candidate(run, order, conditions[run.pk], facts, at) for run in runs]


def _keys(grounds: Iterable[Ground]) -> dict[By, set[Any]]:
    keys: dict[By, set[Any]] = defaultdict(set)
    for ground in grounds:
        keys[ROW_OF[ground.rule].by].add(ground.key)
    return keys


def _worth_reading(
    keys: Mapping[By, set[Any]], above: Mapping[int, frozenset[int]], at: datetime
) -> CourseRunQuerySet:
    coming = Session.objects.filter(run=OuterRef("pk")).held().upcoming(at)
    may_come = Q(selection_mode=SelectionMode.OPEN) | Q(applications_close_at__gt=at)
    return CourseRun.objects.public().filter(
        _speaking(keys, above, coming), may_come, Exists(coming), state=RunState.ANNOUNCED
    )


def _speaking(
    keys: Mapping[By, set[Any]],
    above: Mapping[int, frozenset[int]],
    coming: SessionQuerySet,
) -> Q:
    """As `Candidate.agrees_with` says it, and sometimes more."""
    speaks = Q(course__in=keys.get(By.COURSE, ()))
    if wanted := keys.get(By.THEME):
        within = [pk for pk, own in above.items() if own & wanted]
        of_themes = Course.themes.through.objects.filter(theme__in=within)
        speaks |= Q(course__in=of_themes.values("course"))
    if wanted := keys.get(By.STAGE):
        of_stages = Course.stages.through.objects.filter(stage__in=wanted)
        speaks |= Q(course__in=of_stages.values("course"))
    if wanted := keys.get(By.AREA):
        here = Q(venue__area__in=wanted) | Q(room__venue__area__in=wanted)
        near = coming.filter(here | Q(run__venue__area__in=wanted))
        speaks |= Q(Exists(near))
    return speaks


def _themes_above() -> dict[int, frozenset[int]]:
    """Each theme with those above it; a circle ends where it began."""
    parents = dict(Theme.objects.order_by().values_list("pk", "parent"))
    found: dict[int, frozenset[int]] = {}
    for pk in parents:
        own: set[int] = set()
        here: int | None = pk
        while here is not None and here not in own:
            own.add(here)
            here = parents.get(here)
        found[pk] = frozenset(own)
    return found


def _sorted(courses: set[int], above: Mapping[int, frozenset[int]]) -> _Sorted:
    of_courses = Q(course__among=courses)
    stages: dict[int, set[int]] = defaultdict(set)
    for course, stage in Course.stages.through.objects.filter(of_courses).values_list(
        "course", "stage"
    ):
        stages[course].add(stage)
    themes: dict[int, set[int]] = defaultdict(set)
    for course, theme in Course.themes.through.objects.filter(of_courses).values_list(
        "course", "theme"
    ):
        themes[course] |= above[theme]
    return _Sorted(_frozen(stages), _frozen(themes))


def _frozen(found: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {key: frozenset(values) for key, values in found.items()}


def _conditions(runs: Iterable[PlainRun]) -> dict[int, tuple[Condition, ...]]:
    by_pk = {run.pk: run for run in runs}
    rows: dict[int, list[Requirement]] = {pk: [] for pk in by_pk}
    found = Requirement.objects.filter(run__among=by_pk).order_by("group", "pk")
    for row in found.select_related("completed_course"):
        rows[row.run_id].append(row)
    return {
        pk: conditions_from(rows[pk], run, next(iter(offered_pools(run)), None))
        for pk, run in by_pk.items()
    }


def _candidate(
    run: PlainRun,
    order: _Sorted,
    conditions: tuple[Condition, ...],
    facts: PersonFacts,
    at: datetime,
) -> Candidate:
    ahead = sorted(sessions_ahead(run, at=at), key=lambda one: one.starts_at)
    return Candidate(
        run=run.pk,
        course=run.course_id,
        code=run.code,
        status=reception_status(facts_of(run, at=at), at=at),
        sessions=tuple(Span(one.starts_at, one.ends_at) for one in ahead),
        chooses_session=run.chooses_session,
        opens_at=run.applications_open_at,
        closes_at=run.applications_close_at,
        stages=order.stages.get(run.course_id, frozenset()),
        themes=order.themes.get(run.course_id, frozenset()),
        areas=frozenset(one.area for one in ahead if one.area),
        verdict=may_apply(findings(conditions, facts)),
    )
