"""How far a group has come on a version of a path, from who completed what and when.

A step asks for courses and members. Where it lists courses or a series, `needed_courses`
of them are each completed by `needed_members` members, not necessarily the same ones;
where any course of a theme or any joint session will do, so many different courses by so
many different members altogether. A path is done when its required steps are, and as many
of the others as it asks for; a path of optional steps only, when all are.

Nothing here looks at the clock, and which steps come `after` others says only what to do
next: what was completed earlier counts all the same (ADR 35).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from learning_paths.enums import Counting, MemberRole, PassedOver

Key = UUID | int


@dataclass(frozen=True)
class Done:
    """Somebody completed a course on a day; `member` and `course` are keys."""

    member: int
    course: int
    on: date


@dataclass(frozen=True)
class StepPlan:
    """What a step asks for. `courses` are keys in the order in which they are shown;
    `since` and `until` bound the days that count; `after` are steps to do before."""

    key: Key
    courses: tuple[int, ...]
    needed_courses: int = 1
    needed_members: int = 1
    is_required: bool = True
    counting: Counting = Counting.EACH
    role: MemberRole | None = None
    since: date | None = None
    until: date | None = None
    after: tuple[Key, ...] = ()


@dataclass(frozen=True)
class CourseProgress:
    """One course of a step: who completed it so that it counts, and how many more have
    to (none where the step counts members altogether)."""

    course: int
    members: frozenset[int]
    members_missing: int

    @property
    def is_done(self) -> bool:
        return self.members_missing == 0


@dataclass(frozen=True)
class StepProgress:
    """`counted` is what speaks for the step, `passed_over` what does not, and why.
    `is_kept`: done under the version followed before, and kept."""

    plan: StepPlan
    courses: tuple[CourseProgress, ...]
    counted: tuple[Done, ...]
    passed_over: tuple[tuple[Done, PassedOver], ...]
    is_kept: bool = False

    @property
    def members(self) -> frozenset[int]:
        """Everybody who completed at least one of the courses so that it counts."""
        return frozenset(done.member for done in self.counted)

    @property
    def courses_done(self) -> int:
        if self.plan.counting == Counting.TOGETHER:
            return len({done.course for done in self.counted})
        return sum(course.is_done for course in self.courses)

    @property
    def courses_missing(self) -> int:
        return max(0, self.plan.needed_courses - self.courses_done)

    @property
    def completions_missing(self) -> int | None:
        """The fewest further completions that finish the step; none when it has fewer
        courses than it asks for, so that nothing would."""
        if self.is_kept:
            return 0
        if len(self.courses) < self.plan.needed_courses:
            return None
        if self.plan.counting == Counting.TOGETHER:
            return max(self.courses_missing, self.members_missing)
        gaps = sorted(course.members_missing for course in self.courses)
        return sum(gaps[: self.plan.needed_courses])

    @property
    def members_missing(self) -> int:
        return max(0, self.plan.needed_members - len(self.members))

    @property
    def is_done(self) -> bool:
        return self.completions_missing == 0


@dataclass(frozen=True)
class PathProgress:
    """`needed_optional`: how many of the steps that are not required have to be done."""

    steps: tuple[StepProgress, ...]
    needed_optional: int = 0

    @property
    def required(self) -> tuple[StepProgress, ...]:
        return tuple(step for step in self.steps if step.plan.is_required)

    @property
    def optional(self) -> tuple[StepProgress, ...]:
        return tuple(step for step in self.steps if not step.plan.is_required)

    @property
    def optional_needed(self) -> int:
        wanted = self.needed_optional or (0 if self.required else len(self.optional))
        return min(wanted, len(self.optional))

    @property
    def steps_counted(self) -> int:
        return len(self.required) + self.optional_needed

    @property
    def steps_done(self) -> int:
        """Of those that count; more optional ones than needed add nothing."""
        extra = sum(step.is_done for step in self.optional)
        return sum(step.is_done for step in self.required) + min(
            extra, self.optional_needed
        )

    @property
    def is_done(self) -> bool:
        return bool(self.steps) and self.steps_done == self.steps_counted

    @property
    def open_steps(self) -> tuple[StepProgress, ...]:
        """Still to do, and nothing has to be done before: these go on side by side."""
        done = {step.plan.key for step in self.steps if step.is_done}
        return tuple(
            step
            for step in self.steps
            if not step.is_done and done.issuperset(step.plan.after)
        )

    @property
    def next_step(self) -> StepProgress | None:
        """The first open one: a required one before any other."""
        required = [step for step in self.open_steps if step.plan.is_required]
        return next(iter(required or self.open_steps), None)

    @property
    def keys_done(self) -> frozenset[Key]:
        return frozenset(step.plan.key for step in self.steps if step.is_done)


def progress_of_step(
    plan: StepPlan,
    completed: Iterable[Done],
    roles: Mapping[int, MemberRole] | None = None,
    *,
    is_kept: bool = False,
) -> StepProgress:
    """`roles` of the members; the order of what was completed makes no difference, and
    of one member's completions of a course the first that counts is named."""
    counted: dict[tuple[int, int], Done] = {}
    passed: dict[tuple[int, int], tuple[Done, PassedOver]] = {}
    for done in sorted(completed, key=lambda one: (one.on, one.member, one.course)):
        if done.course not in plan.courses:
            continue
        pair, why = (done.member, done.course), _why_not(plan, done, roles or {})
        if why is None:
            counted.setdefault(pair, done)
        else:
            passed[pair] = done, why
    return StepProgress(
        plan=plan,
        courses=tuple(_of_course(plan, key, counted) for key in plan.courses),
        counted=tuple(counted.values()),
        passed_over=tuple(one for pair, one in passed.items() if pair not in counted),
        is_kept=is_kept,
    )


def progress_of_path(
    plans: Sequence[StepPlan],
    completed: Collection[Done],
    roles: Mapping[int, MemberRole] | None = None,
    *,
    kept: Collection[Key] = (),
    needed_optional: int = 0,
) -> PathProgress:
    """`plans` in the order of the path; `completed` of the group's members only; `kept`
    are steps that were done under the version followed before."""
    steps = tuple(
        progress_of_step(plan, completed, roles, is_kept=plan.key in kept) for plan in plans
    )
    return PathProgress(steps, needed_optional)


def _of_course(
    plan: StepPlan, course: int, counted: Iterable[tuple[int, int]]
) -> CourseProgress:
    members = frozenset(member for member, done in counted if done == course)
    together = plan.counting == Counting.TOGETHER
    needed = min(1, plan.needed_members) if together else plan.needed_members
    return CourseProgress(course, members, max(0, needed - len(members)))


def _why_not(
    plan: StepPlan, done: Done, roles: Mapping[int, MemberRole]
) -> PassedOver | None:
    if plan.role is not None and roles.get(done.member) != plan.role:
        return PassedOver.OTHER_ROLE
    if plan.since is not None and done.on < plan.since:
        return PassedOver.TOO_OLD
    if plan.until is not None and done.on > plan.until:
        return PassedOver.TOO_LATE
    return None
