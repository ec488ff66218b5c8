"""A step can be finished with what it names, and a change to what a path asks for makes
a new version: nobody who is on the way has the rule changed under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from courses.enums import CourseKind
from courses.models import Course
from learning_paths.domain.path_refusals import (
    NotAJointSession,
    StepAsksTooMuch,
    StepNameless,
    StepNeedsASeries,
    StepNeedsATheme,
    StepNeedsCourses,
    StepsInACircle,
    TooManyOptional,
)
from learning_paths.domain.step_order import in_a_circle
from learning_paths.enums import MemberRole, StepKind
from learning_paths.models import Step


@dataclass(frozen=True)
class StepDraft:
    """A step as the officer wants it; `key` is that of the step it goes on from, if any.
    `after` are places in the list of drafts, from 1."""

    name: str
    courses: tuple[int, ...] = ()
    name_en: str = ""
    needed_courses: int = 1
    needed_members: int = 1
    is_required: bool = True
    key: UUID | None = None
    kind: StepKind = StepKind.COURSES
    theme: int | None = None
    series: int | None = None
    needed_role: MemberRole | None = None
    fresh_months: int | None = None
    within_months: int | None = None
    after: tuple[int, ...] = ()
    competencies: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What a version asks for in one step; two equal ones are the same rule."""

    key: UUID
    kind: str
    courses: frozenset[int]
    theme: int | None
    series: int | None
    needed: tuple[int, int, str, bool]
    months: tuple[int | None, int | None]
    after: frozenset[UUID]


def require_step(draft: StepDraft) -> None:
    """What one step has to say by itself. Raises: the refusals of steps."""
    if not draft.name.strip():
        raise StepNameless
    if draft.kind == StepKind.THEME and draft.theme is None:
        raise StepNeedsATheme
    if draft.kind == StepKind.SERIES and draft.series is None:
        raise StepNeedsASeries
    if draft.kind == StepKind.COURSES and not draft.courses:
        raise StepNeedsCourses
    named = draft.kind == StepKind.COURSES or draft.courses
    if named and len(set(draft.courses)) < draft.needed_courses:
        raise StepAsksTooMuch


def require_steps(drafts: Sequence[StepDraft], *, needed_optional: int = 0) -> None:
    """As above, and together. Raises: StepsInACircle, TooManyOptional, NotAJointSession."""
    for draft in drafts:
        require_step(draft)
    waiting = in_a_circle({at: draft.after for at, draft in enumerate(drafts, start=1)})
    if waiting:
        raise StepsInACircle("、".join(drafts[at - 1].name for at in waiting))
    if needed_optional > sum(not draft.is_required for draft in drafts):
        raise TooManyOptional
    _require_joint(drafts)


def _require_joint(drafts: Iterable[StepDraft]) -> None:
    chosen = {
        key for draft in drafts if draft.kind == StepKind.JOINT for key in draft.courses
    }
    others = Course.objects.filter(pk__in=chosen).exclude(kind=CourseKind.JOINT_SESSION)
    if chosen and others.exists():
        raise NotAJointSession


def keyed(drafts: Sequence[StepDraft], known: Iterable[UUID]) -> list[UUID]:
    """The key of each draft: its own where the path has it, else a new one."""
    own = set(known)
    keys: list[UUID] = []
    for draft in drafts:
        mine = draft.key in own and draft.key not in keys
        keys.append(draft.key if mine and draft.key else uuid4())
    return keys


def rule_of_draft(draft: StepDraft, keys: Sequence[UUID], at: int) -> Rule:
    is_theme, is_series = draft.kind == StepKind.THEME, draft.kind == StepKind.SERIES
    return Rule(
        key=keys[at],
        kind=draft.kind,
        courses=frozenset(() if is_theme else draft.courses),
        theme=draft.theme if is_theme else None,
        series=draft.series if is_series else None,
        needed=(
            draft.needed_courses,
            draft.needed_members,
            draft.needed_role or "",
            draft.is_required,
        ),
        months=(draft.fresh_months, draft.within_months),
        after=frozenset(keys[one - 1] for one in draft.after if 0 < one <= len(keys)),
    )


def rule_of_step(step: Step) -> Rule:
    """Its courses and what comes before it are loaded."""
    return Rule(
        key=step.key,
        kind=step.kind,
        courses=frozenset(course.pk for course in step.courses.all()),
        theme=step.theme_id,
        series=step.series_id,
        needed=(
            step.needed_courses,
            step.needed_members,
            step.needed_role,
            step.is_required,
        ),
        months=(step.fresh_months, step.within_months),
        after=frozenset(one.key for one in step.after.all()),
    )
