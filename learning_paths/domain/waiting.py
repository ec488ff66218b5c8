"""What groups asked and staff have not answered, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_words
from courses.models import Theme
from learning_paths.domain.facts import GroupFacts, facts_of
from learning_paths.enums import (
    Decision,
    GroupKind,
    GroupState,
    MembershipState,
    WishKind,
)
from learning_paths.models import Group, PageChange, Renewal

# In the order of the form.
FACTS = (
    "name",
    "name_kana",
    "kind",
    "activity",
    "themes",
    "area",
    "meets",
    "website",
    "looks_for_members",
)


@dataclass(frozen=True)
class Difference:
    """`field` is a field of Group; what it says now and what it would say."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        column: Any = Group._meta.get_field(self.field)
        return str(column.verbose_name)


@dataclass(frozen=True)
class OpenWish:
    kind: WishKind
    pk: int
    group: Group
    asked_at: datetime
    asked_by: User | None
    year: str = ""
    members: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def key(self) -> str:
        """Unique among the wishes of a page."""
        return f"{self.kind.value}-{self.pk}"


def wishes() -> list[OpenWish]:
    found = [*_applications(), *_renewals(), *_changes()]
    return sorted(found, key=lambda one: (one.asked_at, one.group.pk))


def count_wishes() -> int:
    return (
        Group.objects.filter(state=GroupState.APPLIED).count()
        + Renewal.objects.filter(decision=Decision.OPEN).count()
        + PageChange.objects.filter(decision=Decision.OPEN).count()
    )


def _applications() -> list[OpenWish]:
    groups = Group.objects.filter(state=GroupState.APPLIED)
    found = []
    for group in groups.prefetch_related("moves__by", "themes"):
        last = list(group.moves.all())[-1]
        found.append(
            OpenWish(
                WishKind.REGISTRATION,
                group.pk,
                group,
                last.at,
                last.by,
                differences=_between(GroupFacts(name="", kind=""), facts_of(group)),
            )
        )
    return found


def _renewals() -> list[OpenWish]:
    rows = Renewal.objects.filter(decision=Decision.OPEN)
    return [
        OpenWish(
            WishKind.RENEWAL,
            one.pk,
            one.group,
            one.asked_at,
            one.asked_by,
            year=fiscal_year_words(one.fiscal_year),
            members=one.members,
        )
        for one in rows.select_related("group", "asked_by").annotate(
            members=Count(
                "group__memberships",
                filter=Q(group__memberships__state=MembershipState.ACTIVE),
            )
        )
    ]


def _changes() -> list[OpenWish]:
    rows = PageChange.objects.filter(decision=Decision.OPEN)
    return [
        OpenWish(
            WishKind.CHANGE,
            one.pk,
            one.group,
            one.asked_at,
            one.asked_by,
            differences=_between(
                facts_of(one.group),
                GroupFacts(**{**one.facts, "themes": tuple(one.facts["themes"])}),
            ),
        )
        for one in rows.select_related("group", "asked_by").prefetch_related(
            "group__themes"
        )
    ]


def _between(before: GroupFacts, after: GroupFacts) -> tuple[Difference, ...]:
    themes = {theme.pk: theme.label for theme in Theme.objects.all()}
    pairs = (
        (name, _words(before, name, themes), _words(after, name, themes)) for name in FACTS
    )
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def _words(facts: GroupFacts, name: str, themes: dict[int, str]) -> str:
    value = getattr(facts, name)
    if name == "themes":
        return "、".join(themes[pk] for pk in value if pk in themes)
    if name == "kind":
        return str(GroupKind(value).label) if value else ""
    if name == "looks_for_members":
        return "○" if value else ""
    return str(value)
