"""団体をさがす: registered groups by word, kind, field, area, stage, and whether they look
for members. A group's stage is the one that its page shows."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.domain.contact import tidy_kana, tidy_text
from learning_paths.enums import GroupState
from learning_paths.models import Group, StageRecord

REGISTERED = Group.objects.filter(state=GroupState.REGISTERED)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; keys of themes and stages, any of each."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    looks_for_members: bool = False


@dataclass(frozen=True)
class Counts:
    """How many groups each further choice would leave, the other choices as they are."""

    kinds: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)


def find_groups(wanted: Wanted) -> QuerySet[Group]:
    found = _with_stage(REGISTERED)
    if wanted.words:
        terms = (_has(word) for word in tidy_text(wanted.words).split())
        found = found.filter(reduce(and_, terms, Q()))
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    if wanted.themes:
        found = found.filter(
            pk__in=REGISTERED.filter(themes__key__in=wanted.themes).values("pk")
        )
    if wanted.areas:
        found = found.filter(area__in=wanted.areas)
    if wanted.stages:
        found = found.filter(stage_key__in=wanted.stages)
    if wanted.looks_for_members:
        found = found.filter(looks_for_members=True)
    return found.order_by("name_kana", "name", "pk")


def count_choices(wanted: Wanted) -> Counts:
    """One query a facet, each without its own choice."""
    return Counts(
        kinds=_counted(replace(wanted, kinds=()), "kind"),
        themes=_counted(replace(wanted, themes=()), "themes__key"),
        areas=_counted(replace(wanted, areas=()), "area"),
        stages=_counted(replace(wanted, stages=()), "stage_key"),
    )


def known_areas() -> list[str]:
    areas = REGISTERED.exclude(area="").order_by("area").values_list("area", flat=True)
    return list(areas.distinct())


def _with_stage(groups: QuerySet[Group]) -> QuerySet[Any]:
    """As `stages.latest_statement` says it: of the group as a whole before an activity."""
    whole_first = Case(When(activity=None, then=Value(0)), default=Value(1))
    said = StageRecord.objects.filter(group=OuterRef("pk")).order_by(
        whole_first, "-as_of", "-recorded_at", "-pk"
    )
    return groups.annotate(stage_key=Subquery(said.values("stage__key")[:1]))


def _has(word: str) -> Q:
    reading = tidy_kana(word)
    return (
        Q(name__icontains=word)
        | Q(name_kana__icontains=reading)
        | Q(activity__icontains=word)
        | Q(meets__icontains=word)
    )


def _counted(wanted: Wanted, name: str) -> Counter[str]:
    values = find_groups(wanted).order_by().values_list(name, flat=True)
    return Counter(value for value in values if value)
