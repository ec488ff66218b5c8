"""The steps of a version as the pure core takes them: which courses count, of which days.

The courses of a list or a series are those of the version; any course of a theme, and any
joint session, are those that there are now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from courses.enums import CourseKind
from courses.models import Course, Theme
from learning_paths.domain.months import months_from
from learning_paths.domain.progress import StepPlan
from learning_paths.enums import Counting, MemberRole, StepKind
from learning_paths.models import PathVersion, Step

TOGETHER = frozenset({StepKind.THEME, StepKind.JOINT})


def steps_loaded() -> "QuerySet[Step]":
    """In order, with what their plans read."""
    steps = Step.objects.order_by("position").select_related("theme", "series")
    return steps.prefetch_related("courses", "after", "series__units", "competencies")


class CoursesOfSteps:
    """Which courses each of these steps takes, in the order in which they are shown; in a
    fixed number of queries for all steps together."""

    def __init__(self, steps: Iterable[Step]) -> None:
        steps = list(steps)
        self._of_theme = _courses_of_themes({s.theme_id for s in steps if s.theme_id})
        open_to_all = any(s.kind == StepKind.JOINT and not s.courses.all() for s in steps)
        joint = Course.objects.filter(kind=CourseKind.JOINT_SESSION)
        self._joint = list(joint) if open_to_all else []

    def __call__(self, step: Step) -> Sequence[Course]:
        named = list(step.courses.all())
        if step.kind == StepKind.THEME:
            return self._of_theme.get(step.theme_id or 0, [])
        if step.kind == StepKind.JOINT and not named:
            return self._joint
        if step.series is not None:
            place = {unit.course_id: unit.position for unit in step.series.units.all()}
            named.sort(key=lambda course: place.get(course.pk, len(place) + 1))
        return named


def plans_of(
    version: PathVersion, takes: CoursesOfSteps, *, started_on: date
) -> list[StepPlan]:
    return [plan_of(step, takes(step), started_on) for step in version.steps.all()]


def plan_of(step: Step, courses: Iterable[Course], started_on: date) -> StepPlan:
    fresh, within = step.fresh_months, step.within_months
    return StepPlan(
        key=step.key,
        courses=tuple(course.pk for course in courses),
        needed_courses=step.needed_courses,
        needed_members=step.needed_members,
        is_required=step.is_required,
        counting=Counting.TOGETHER if step.kind in TOGETHER else Counting.EACH,
        role=MemberRole(step.needed_role) if step.needed_role else None,
        since=None if fresh is None else months_from(started_on, -fresh),
        until=None if within is None else months_from(started_on, within),
        after=tuple(one.key for one in step.after.all()),
    )


def _courses_of_themes(themes: set[int]) -> Mapping[int, list[Course]]:
    """Of each theme and those below it."""
    if not themes:
        return {}
    above = dict(Theme.objects.values_list("pk", "parent"))
    within = {pk: _with_ancestors(pk, above) & themes for pk in above}
    wanted = [pk for pk, tops in within.items() if tops]
    found: dict[int, dict[int, Course]] = defaultdict(dict)
    courses = Course.objects.filter(themes__in=wanted).distinct()
    for course in courses.prefetch_related("themes"):
        for theme in course.themes.all():
            for top in within.get(theme.pk, ()):
                found[top][course.pk] = course
    return {top: list(own.values()) for top, own in found.items()}


def _with_ancestors(pk: int, above: Mapping[int, int | None]) -> set[int]:
    """A circle of themes ends where it began."""
    found: set[int] = set()
    at: int | None = pk
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return found
