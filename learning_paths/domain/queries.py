"""Questions about groups that pages ask, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.models import User
from courses.domain.queries import main_run, with_facts
from courses.enums import RunState
from courses.models import Course, CourseRun, Session
from courses.models.querysets import SessionQuerySet
from enrollments.domain.completed import completed_courses
from enrollments.domain.queries import with_waiting
from learning_paths.domain.progress import (
    PathProgress,
    StepPlan,
    StepProgress,
    progress_of_path,
)
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import Group, GroupPath, Membership, Path, StageRecord, Step


@dataclass(frozen=True)
class StepStanding:
    """A step of a path with the rows behind its progress."""

    step: Step
    progress: StepProgress
    courses: dict[int, Course]


@dataclass(frozen=True)
class PathStanding:
    path: Path
    followed: GroupPath
    progress: PathProgress
    steps: tuple[StepStanding, ...]


def members_of(group: Group) -> list[Membership]:
    """Those who take part, longest first; accounts are loaded."""
    return list(
        group.memberships.filter(state=MembershipState.ACTIVE)
        .select_related("user")
        .order_by("joined_at", "pk")
    )


def invited_to(group: Group) -> list[Membership]:
    return list(group.memberships.filter(state=MembershipState.INVITED))


def standings_on_paths(group: Group, users: Iterable[User]) -> list[PathStanding]:
    """Every path the group follows, with what these members completed on it."""
    followed = list(
        group.paths.select_related("path__stage").prefetch_related("path__steps__courses")
    )
    completed = completed_courses(users) if followed else frozenset()
    return [_standing(one, completed) for one in followed]


def _standing(followed: GroupPath, completed: frozenset[tuple[int, int]]) -> PathStanding:
    steps = list(followed.path.steps.all())
    progress = progress_of_path([plan_of(step) for step in steps], completed)
    return PathStanding(
        path=followed.path,
        followed=followed,
        progress=progress,
        steps=tuple(
            StepStanding(step, known, {course.pk: course for course in step.courses.all()})
            for step, known in zip(steps, progress.steps, strict=True)
        ),
    )


def plan_of(step: Step) -> StepPlan:
    return StepPlan(
        key=step.pk,
        courses=tuple(course.pk for course in step.courses.all()),
        needed_courses=step.needed_courses,
        needed_members=step.needed_members,
        is_required=step.is_required,
    )


def coming_runs(courses: Iterable[int], *, at: datetime) -> dict[int, CourseRun]:
    """The next run of each public course that is still to come, loaded with its facts."""
    runs = (
        CourseRun.objects.public()
        .filter(course__in=list(courses), state=RunState.ANNOUNCED)
        .filter(Exists(Session.objects.filter(run=OuterRef("pk")).held().upcoming(at)))
    )
    by_course: dict[int, list[CourseRun]] = {}
    for run in with_facts(with_waiting(runs)).select_related("course"):
        by_course.setdefault(run.course_id, []).append(run)
    found = {course: main_run(own, at=at) for course, own in by_course.items()}
    return {course: run for course, run in found.items() if run is not None}


def sessions_for(group: Group) -> SessionQuerySet:
    """Of the courses on the published paths that the group follows."""
    return sessions_for_groups(Group.objects.filter(pk=group.pk))


def sessions_for_groups(groups: QuerySet[Group]) -> SessionQuerySet:
    followed = Path.objects.filter(
        is_published=True, followers__group__in=groups.order_by().values("pk")
    )
    courses = Course.objects.filter(steps__path__in=followed)
    return Session.objects.filter(run__course__in=courses.values("pk"))


def paths_to_choose(group: Group) -> list[Path]:
    """Published paths that the group does not follow yet, with stage and steps."""
    return list(
        Path.objects.filter(is_published=True)
        .exclude(followers__group=group)
        .select_related("stage")
        .prefetch_related("steps")
    )


def groups_of(user: User) -> list[Membership]:
    """The person's memberships, each group with its stages as `stages_said`."""
    said = StageRecord.objects.select_related("stage")
    return list(
        user.memberships.filter(state=MembershipState.ACTIVE)
        .select_related("group")
        .prefetch_related(Prefetch("group__stage_records", said, to_attr="stages_said"))
        .order_by("group__name_kana", "group__name", "pk")
    )


def public_groups() -> QuerySet[Group]:
    """Names and activities are public; who belongs to a group is not."""
    return Group.objects.filter(state=GroupState.REGISTERED)
