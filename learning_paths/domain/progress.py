"""How far a group has come on a path, computed from who completed what.

A step is done when `needed_courses` of its courses were each completed by at least
`needed_members` members, not necessarily the same ones. A path is done when all
its required steps are; on a path without required steps, when all steps are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Completed = tuple[int, int]  # the keys of a member and of a course


@dataclass(frozen=True)
class StepPlan:
    """What a step asks for; `courses` are keys in the order in which they are shown."""

    key: int
    courses: tuple[int, ...]
    needed_courses: int = 1
    needed_members: int = 1
    is_required: bool = True


@dataclass(frozen=True)
class CourseProgress:
    """One course of a step: who completed it, and how many more have to."""

    course: int
    members: frozenset[int]
    members_missing: int

    @property
    def is_done(self) -> bool:
        return self.members_missing == 0


@dataclass(frozen=True)
class StepProgress:
    plan: StepPlan
    courses: tuple[CourseProgress, ...]

    @property
    def courses_done(self) -> int:
        return sum(course.is_done for course in self.courses)

    @property
    def courses_missing(self) -> int:
        return max(0, self.plan.needed_courses - self.courses_done)

    @property
    def is_done(self) -> bool:
        return self.courses_missing == 0

    @property
    def completions_missing(self) -> int | None:
        """The fewest further completions that finish the step; none when it has fewer
        courses than it asks for, so that nothing would."""
        gaps = sorted(course.members_missing for course in self.courses)
        if len(gaps) < self.plan.needed_courses:
            return None
        return sum(gaps[: self.plan.needed_courses])

    @property
    def members(self) -> frozenset[int]:
        """Everybody who completed at least one of the courses."""
        return frozenset().union(*(course.members for course in self.courses))


@dataclass(frozen=True)
class PathProgress:
    steps: tuple[StepProgress, ...]

    @property
    def that_count(self) -> tuple[StepProgress, ...]:
        required = tuple(step for step in self.steps if step.plan.is_required)
        return required or self.steps

    @property
    def steps_done(self) -> int:
        return sum(step.is_done for step in self.that_count)

    @property
    def is_done(self) -> bool:
        return bool(self.steps) and all(step.is_done for step in self.that_count)

    @property
    def next_step(self) -> StepProgress | None:
        """The first step still to do: a required one before any other."""
        left = [step for step in self.steps if not step.is_done]
        required = [step for step in left if step.plan.is_required]
        return next(iter(required or left), None)


def progress_of_step(plan: StepPlan, completed: Iterable[Completed]) -> StepProgress:
    by_course: dict[int, set[int]] = {course: set() for course in plan.courses}
    for member, course in completed:
        if course in by_course:
            by_course[course].add(member)
    return StepProgress(
        plan=plan,
        courses=tuple(
            CourseProgress(
                course=course,
                members=frozenset(members),
                members_missing=max(0, plan.needed_members - len(members)),
            )
            for course, members in by_course.items()
        ),
    )


def progress_of_path(
    plans: Sequence[StepPlan], completed: Collection[Completed]
) -> PathProgress:
    """`plans` in the order of the path; `completed` of the group's members only."""
    return PathProgress(tuple(progress_of_step(plan, completed) for plan in plans))
