"""Civic groups with their members, the stages they have been at, the paths they follow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from accounts.models import User
from cms.demo.accounts import Accounts
from cms.demo.people import People, Person
from cms.demo.reading import read
from courses.models import Stage, Theme
from learning_paths.domain.group_states import begin
from learning_paths.domain.registration_year import registered_until
from learning_paths.enums import Assessor, GroupKind, MemberRole, MembershipState
from learning_paths.models import Group, GroupPath, Membership, Path, StageRecord

ROLES = (MemberRole.LEADER, MemberRole.COORDINATOR)


@dataclass(frozen=True)
class PlannedGroup:
    """What the content says, and who belongs to it, the leader first."""

    entry: dict[str, Any]
    members: tuple[Person, ...]


def plan_groups(people: People) -> list[PlannedGroup]:
    """The demo's leader leads one; the others are shared out among account holders."""
    leader = people.by_email("leader@example.jp")
    resident = people.by_email("resident@example.jp")
    newcomers = [person for person in people.with_accounts if person.is_newcomer]
    others = cycle(
        person
        for person in people.with_accounts
        if person not in (leader, resident) and not person.is_newcomer
    )
    planned: list[PlannedGroup] = []
    for entry in read("groups")["group"]:
        first = (leader,) if entry.get("led_by_demo_leader") else ()
        last = (resident,) if first else tuple(newcomers[: entry.get("newcomers", 0)])
        between = entry["members"] - len(first) - len(last)
        rest = tuple(next(others) for _ in range(between))
        planned.append(PlannedGroup(entry, (*first, *rest, *last)))
    return planned


def keen_on(groups: list[PlannedGroup]) -> dict[str, frozenset[int]]:
    """Course → the people whose group follows a path that leads through it."""
    steps = {path["slug"]: path["steps"] for path in read("paths")["path"]}
    found: dict[str, set[int]] = {}
    for group in groups:
        numbers = {person.number for person in group.members}
        for slug, _days in group.entry["paths"]:
            for step in steps[slug]:
                for course in step[2]:
                    found.setdefault(course, set()).update(numbers)
    return {course: frozenset(numbers) for course, numbers in found.items()}


def build_groups(
    planned: list[PlannedGroup], paths: dict[str, Path], accounts: Accounts, *, at: datetime
) -> None:
    stages = {stage.key: stage for stage in Stage.objects.all()}
    themes = {theme.key: theme for theme in Theme.objects.all()}
    for plan in planned:
        entry = plan.entry
        registered = at - timedelta(days=max(stage[1] for stage in entry["stages"]))
        group = Group.objects.create(
            code=entry["code"],
            name=entry["name"],
            name_kana=entry["kana"],
            kind=entry.get("kind", GroupKind.VOLUNTARY),
            activity=entry["activity"],
            area=entry.get("area", ""),
            meets=entry.get("meets", ""),
            looks_for_members=entry.get("looks_for_members", False),
            registered_at=registered + timedelta(hours=14),
            registered_until=registered_until(at),
        )
        begin(group, by=plan.members[0].user, at=group.registered_at)
        group.themes.set(themes[key] for key in entry.get("themes", ()))
        _members(group, plan, at)
        _stages(group, plan, stages, accounts.officer, at)
        GroupPath.objects.bulk_create(
            GroupPath(
                group=group,
                path=paths[slug],
                version=paths[slug].versions.get(number=1),
                started_on=(at - timedelta(days=days)).date(),
            )
            for slug, days in entry["paths"]
        )


def _members(group: Group, plan: PlannedGroup, at: datetime) -> None:
    """The last one to be asked has not answered yet."""
    rows = [
        Membership(
            group=group,
            user=person.user,
            email=person.email,
            role=ROLES[position] if position < len(ROLES) else MemberRole.MEMBER,
            state=MembershipState.ACTIVE,
            invited_at=group.registered_at + timedelta(days=position),
            joined_at=group.registered_at + timedelta(days=position, hours=5),
        )
        for position, person in enumerate(plan.members)
    ]
    rows.append(
        Membership(
            group=group,
            email=f"shintai-{group.code}@example.jp",
            invited_at=at - timedelta(days=2),
        )
    )
    Membership.objects.bulk_create(rows)


def _stages(
    group: Group, plan: PlannedGroup, stages: dict[str, Stage], officer: User, at: datetime
) -> None:
    leader = plan.members[0].user
    StageRecord.objects.bulk_create(
        StageRecord(
            group=group,
            stage=stages[key],
            as_of=(at - timedelta(days=days)).date(),
            assessor=assessor,
            basis=basis,
            recorded_at=at - timedelta(days=days, hours=-15),
            recorded_by=leader if assessor == Assessor.SELF else officer,
        )
        for key, days, assessor, basis in plan.entry["stages"]
    )
