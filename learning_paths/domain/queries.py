"""Questions about groups that pages ask, each in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from courses.domain.queries import main_run, with_facts
from courses.enums import RunState
from courses.models import Course, CourseRun, Session
from courses.models.querysets import SessionQuerySet
from enrollments.domain.queries import with_waiting
from learning_paths.domain.stages import latest_statement
from learning_paths.domain.step_plans import (
    TOGETHER,
    CoursesOfSteps,
    steps_loaded,
)
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import (
    Group,
    GroupPath,
    Membership,
    Path,
    PathVersion,
    StageRecord,
    Step,
)


def members_of(group: Group) -> list[Membership]:
    """Those who take part, longest first; accounts are loaded."""
    return list(
        group.memberships.filter(state=MembershipState.ACTIVE)
        .select_related("user")
        .order_by("joined_at", "pk")
    )


def invited_to(group: Group) -> list[Membership]:
    return list(group.memberships.filter(state=MembershipState.INVITED))


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
    return Session.objects.filter(run__course__in=courses_on_paths(groups).values("pk"))


def courses_on_paths(groups: QuerySet[Group]) -> QuerySet[Course]:
    """Whatever counts in the steps of the published paths that these groups are on."""
    steps = Step.objects.filter(
        version__followers__group__in=groups.order_by().values("pk"),
        version__followers__stopped_on=None,
        version__path__is_published=True,
    ).order_by()
    open_to_more = list(steps_loaded().filter(pk__in=steps, kind__in=TOGETHER))
    takes = CoursesOfSteps(open_to_more)
    more = {course.pk for step in open_to_more for course in takes(step)}
    named = Course.steps.through.objects.filter(step__in=steps).values("course")
    return Course.objects.filter(Q(pk__in=named) | Q(pk__in=more))


def paths_to_choose(group: Group) -> list[Path]:
    """Published paths that the group is not on, with stage and the steps in force as
    `steps_in_force`; those that have any."""
    on_the_way = GroupPath.objects.filter(group=group, stopped_on=None).values("path")
    paths = list(
        Path.objects.filter(is_published=True, versions__isnull=False)
        .exclude(pk__in=on_the_way)
        .select_related("stage")
        .distinct()
    )
    give_steps_in_force(paths)
    return paths


def give_steps_in_force(paths: Iterable[Path]) -> None:
    """Each path gets `steps_in_force`: the steps of its newest version. Two queries."""
    by_path = {path.pk: path for path in paths}
    newest: dict[int, PathVersion] = {}
    versions = PathVersion.objects.filter(path__in=by_path).order_by("number")
    for version in versions.prefetch_related(Prefetch("steps", Step.objects.all())):
        newest[version.path_id] = version
    for pk, path in by_path.items():
        own = newest.get(pk)
        path.steps_in_force = list(own.steps.all()) if own else []  # type: ignore[attr-defined]


def groups_of(user: User) -> list[Membership]:
    """The person's memberships, each group with its `stage`, if it stated one."""
    said = StageRecord.objects.select_related("stage")
    found = list(
        user.memberships.filter(state=MembershipState.ACTIVE)
        .select_related("group")
        .prefetch_related(Prefetch("group__stage_records", said, to_attr="stages_said"))
        .order_by("group__name_kana", "group__name", "pk")
    )
    for membership in found:
        record = latest_statement(membership.group.stages_said)  # type: ignore[attr-defined]
        membership.group.stage = record.stage if record else None  # type: ignore[attr-defined]
    return found


def public_groups() -> QuerySet[Group]:
    """Names and activities are public; who belongs to a group is not."""
    return Group.objects.filter(state=GroupState.REGISTERED)


def group_at(code: str) -> Group | None:
    """The public group at this address, or the one into which it was merged."""
    return public_groups().filter(Q(code=code) | Q(merged__code=code)).first()
