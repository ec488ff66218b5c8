"""Where a group stands on the paths it follows, each in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from courses.models import Course
from enrollments.domain.completed import CompletedCourse, completed_by
from learning_paths.domain.progress import (
    Done,
    Key,
    PathProgress,
    StepProgress,
    progress_of_path,
)
from learning_paths.domain.step_plans import CoursesOfSteps, plans_of, steps_loaded
from learning_paths.enums import MemberRole
from learning_paths.models import (
    EarnedStep,
    Group,
    GroupPath,
    Membership,
    Path,
    PathVersion,
    Step,
)


@dataclass(frozen=True)
class StepStanding:
    """A step of a path with the rows behind its progress. `kept` says under which version
    it was done, where that was another than the one followed."""

    step: Step
    progress: StepProgress
    courses: dict[int, Course]
    kept: EarnedStep | None = None


@dataclass(frozen=True)
class PathStanding:
    """`newest` is the number of the path's version in force."""

    path: Path
    followed: GroupPath
    progress: PathProgress
    steps: tuple[StepStanding, ...]
    newest: int

    @property
    def is_behind(self) -> bool:
        return self.followed.version.number < self.newest


class Members:
    """The members who count, by the key of their membership; what they have completed is
    asked for once, when a path wants to know."""

    def __init__(
        self,
        members: Iterable[Membership],
        completed: Iterable[CompletedCourse] | None = None,
    ) -> None:
        """`completed` where it was asked for already, also of people elsewhere."""
        self.members = list(members)
        self.roles = {one.pk: MemberRole(one.role) for one in self.members}
        self._completed = (
            None if completed is None else _by_members(self.members, completed)
        )

    @property
    def completed(self) -> frozenset[Done]:
        if self._completed is None:
            self._completed = completed_by_members(self.members)
        return self._completed


def completed_by_members(members: Sequence[Membership]) -> frozenset[Done]:
    """With their own accounts, or sent by the group, also without any account."""
    return _by_members(members, _completed_by(members))


def _completed_by(members: Sequence[Membership]) -> list[CompletedCourse]:
    users = {one.user.pk: one.user for one in members if one.user is not None}
    return completed_by(users.values(), [one.key for one in members])


def _by_members(
    members: Sequence[Membership], completed: Iterable[CompletedCourse]
) -> frozenset[Done]:
    by_user = {one.user_id: one.pk for one in members if one.user_id is not None}
    by_key: dict[UUID, int] = {one.key: one.pk for one in members}
    found: set[Done] = set()
    for one in completed:
        member = by_user.get(one.user) if one.user is not None else None
        member = member or (by_key.get(one.member) if one.member is not None else None)
        if member is not None:
            found.add(Done(member, one.course, one.on))
    return frozenset(found)


def standings_on_paths(
    group: Group, members: Iterable[Membership], *, stopped: bool = False
) -> list[PathStanding]:
    """Every path the group goes on with, with what these members completed on it."""
    followed = list(_loaded(group.paths.filter(stopped_on__isnull=not stopped)))
    takes = CoursesOfSteps(step for one in followed for step in one.version.steps.all())
    own = Members(members)
    return [standing_on(one, one.version, takes, own) for one in followed]


def standings_of_groups(
    members: Iterable[Membership],
) -> dict[int, list[PathStanding]]:
    """By key of the group, of the groups of these members; all of theirs are given. As
    many queries for one group as for many."""
    by_group: dict[int, list[Membership]] = {}
    for one in members:
        by_group.setdefault(one.group_id, []).append(one)
    going_on = GroupPath.objects.filter(group__in=by_group, stopped_on=None)
    followed = list(_loaded(going_on)) if by_group else []
    takes = CoursesOfSteps(step for one in followed for step in one.version.steps.all())
    present = [one for own in by_group.values() for one in own]
    completed = _completed_by(present) if followed else []
    known = {group: Members(own, completed) for group, own in by_group.items()}
    found: dict[int, list[PathStanding]] = {group: [] for group in by_group}
    for path in followed:
        standing = standing_on(path, path.version, takes, known[path.group_id])
        found[path.group_id].append(standing)
    return found


def standing_of(followed: GroupPath, members: Iterable[Membership]) -> PathStanding:
    """On one path."""
    one = _loaded(GroupPath.objects.filter(pk=followed.pk)).get()
    takes = CoursesOfSteps(one.version.steps.all())
    return standing_on(one, one.version, takes, Members(members))


def standing_on(
    followed: GroupPath,
    version: PathVersion,
    takes: CoursesOfSteps,
    own: Members,
    also_kept: Iterable[Key] = (),
) -> PathStanding:
    """Under this version, which may be another than the one followed."""
    earned = {one.key: one for one in followed.earned_steps.all()}
    progress = progress_of_path(
        plans_of(version, takes, started_on=followed.started_on),
        own.completed,
        own.roles,
        kept={*earned, *also_kept},
        needed_optional=version.needed_optional,
    )
    steps = version.steps.all()
    return PathStanding(
        path=followed.path,
        followed=followed,
        progress=progress,
        steps=tuple(
            StepStanding(
                step,
                known,
                {course.pk: course for course in takes(step)},
                earned.get(step.key),
            )
            for step, known in zip(steps, progress.steps, strict=True)
        ),
        newest=getattr(followed, "newest", version.number),
    )


def _loaded(followed: "QuerySet[GroupPath]") -> "QuerySet[GroupPath]":
    return (
        followed.select_related("path__stage", "version")
        .annotate(newest=Max("path__versions__number"))
        .prefetch_related(
            Prefetch("version__steps", steps_loaded()),
            "earned_steps__version",
        )
    )
