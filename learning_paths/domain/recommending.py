"""What a group's paths, stages, fields and area let recommend, to its members and to the
group itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from enrollments.domain.eligibility import Condition, PersonFacts
from enrollments.domain.recommending.candidates import candidates_for
from enrollments.domain.recommending.ranking import (
    Ground,
    Known,
    Recommendation,
    recommend,
)
from enrollments.domain.recommending.rules import Rule
from enrollments.models import Application
from enrollments.models.querysets import LIVE
from learning_paths.domain.standings import (
    PathStanding,
    StepStanding,
    completed_by_members,
    standings_of_groups,
)
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import Group, Membership, StageRecord


def grounds_of_person(user: User) -> frozenset[Ground]:
    """Of all registered groups in which somebody takes part, in a fixed number of
    queries. A step that asks for a role is for those who have it."""
    own = Membership.objects.filter(
        user=user, state=MembershipState.ACTIVE, group__state=GroupState.REGISTERED
    )
    roles = dict(own.order_by().values_list("group", "role"))
    if not roles:
        return frozenset()
    groups = Group.objects.filter(pk__in=roles).prefetch_related("themes")
    members = Membership.objects.filter(group__in=roles, state=MembershipState.ACTIVE)
    standings = standings_of_groups(members.select_related("user"))
    histories = _histories(roles)
    found: set[Ground] = set()
    for group in groups:
        found.update(_of_paths(standings[group.pk], role=roles[group.pk]))
        found.update(_of_group(group, histories.get(group.pk, [])))
    return frozenset(found)


def recommended_to_group(
    group: Group,
    members: Sequence[Membership],
    standings: Iterable[PathStanding],
    history: Sequence[StageRecord],
    *,
    at: datetime,
) -> list[Recommendation]:
    """For its page, from what that has read: the best first. What all members completed,
    and what the group asked for itself, is not among them."""
    grounds = frozenset({*_of_paths(standings, role=None), *_of_group(group, history)})
    asked = Application.objects.filter(group_code=group.code, state__in=LIVE).order_by()
    rows = list(asked.values_list("run", "run__course"))
    known = Known(
        grounds=grounds,
        completed=_completed_by_all(members),
        applied=frozenset(course for _run, course in rows),
        applied_runs=frozenset(run for run, _course in rows),
    )

    def ask(_conditions: Iterable[Condition]) -> PersonFacts:
        """Of its members nothing is presumed; staff come by another way."""
        return PersonFacts(groups=frozenset({group.code}), is_staff=False)

    return recommend(candidates_for(grounds, ask, at=at), known, at=at)


def _of_paths(standings: Iterable[PathStanding], *, role: str | None) -> Iterator[Ground]:
    """Of every role where none is given."""
    for standing in standings:
        progress = standing.progress
        if not standing.path.is_published or progress.is_done:
            continue
        for step in standing.steps:
            needed = step.progress.plan.role
            if step.progress in progress.open_steps and (
                role is None or needed in (None, role)
            ):
                is_next = step.progress is progress.next_step
                rule = Rule.NEXT_STEP if is_next else Rule.OPEN_STEP
                yield from _of_step(rule, step, standing.path.label)


def _of_step(rule: Rule, step: StepStanding, path: str) -> Iterator[Ground]:
    for course in step.progress.courses:
        if not course.is_done:
            yield Ground(rule, course.course, path)


def _of_group(group: Group, history: Iterable[StageRecord]) -> Iterator[Ground]:
    """`history` latest first: what it says last of the group and of each activity that
    goes on."""
    said: set[int | None] = set()
    for record in history:
        activity = record.activity
        if record.activity_id in said or (activity and activity.ended_on):
            continue
        said.add(record.activity_id)
        yield Ground(Rule.STAGE, record.stage.pk, record.stage.label)
    for theme in group.themes.all():
        yield Ground(Rule.FIELD, theme.pk, theme.label)
    if group.area:
        yield Ground(Rule.GROUP_AREA, group.area, group.area)


def _histories(groups: Iterable[int]) -> dict[int, list[StageRecord]]:
    found: dict[int, list[StageRecord]] = {}
    records: QuerySet[StageRecord] = StageRecord.objects.filter(group__in=list(groups))
    for record in records.select_related("stage", "activity"):
        found.setdefault(record.group_id, []).append(record)
    return found


def _completed_by_all(members: Sequence[Membership]) -> frozenset[int]:
    done = {(one.member, one.course) for one in completed_by_members(members)}
    courses = {course for _member, course in done}
    return frozenset(
        course
        for course in courses
        if all((member.pk, course) in done for member in members)
    )
