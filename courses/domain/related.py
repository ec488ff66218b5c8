"""What may come after a course: the next unit of its series, then courses of the stages
that follow on the same theme, then others on its theme; what is to come goes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.enums import RunState
from courses.models import Course, SeriesUnit, Session, Stage, Theme

MOST = 4
# More are not looked at: a city of hundreds of courses has hundreds on one theme.
LOOKED_AT = 60
FAR = float("inf")


class Reason(IntEnum):
    """Why a course is shown, the strongest first."""

    NEXT_UNIT = 1
    NEXT_STAGE = 2
    SAME_THEME = 3


REASON_WORDS: dict[Reason, str | Promise] = {
    Reason.NEXT_UNIT: _("同じシリーズの次の単元"),
    Reason.NEXT_STAGE: _("次のステージの講座"),
    Reason.SAME_THEME: _("同じテーマ"),
}


@dataclass(frozen=True)
class Candidate:
    """`units_after` counts from the course's own place in a series they share, and
    `stages_after` from its last stage to the candidate's first; none or nothing positive
    where it does not follow. `next_at` none: nothing is to come."""

    pk: int
    next_at: datetime | None
    units_after: int | None = None
    stages_after: int | None = None
    shares_theme: bool = False


@dataclass(frozen=True)
class Related:
    """`course` has `next_at` on it, when it is held next."""

    course: Course
    reason: Reason
    next_at: datetime | None


def rank(
    candidates: Iterable[Candidate], *, most: int = MOST
) -> list[tuple[Candidate, Reason]]:
    """The best first, always in the same order; of the units only the next one."""
    known = list(candidates)
    following = [one.units_after for one in known if _follows(one.units_after)]
    nearest = min((number for number in following if number), default=0)
    found = [
        (one, reason)
        for one in known
        if (reason := _reason(one, nearest_unit=nearest)) is not None
    ]
    return sorted(found, key=_place)[:most]


def _reason(one: Candidate, *, nearest_unit: int) -> Reason | None:
    if _follows(one.units_after) and one.units_after == nearest_unit:
        return Reason.NEXT_UNIT
    if one.shares_theme and _follows(one.stages_after):
        return Reason.NEXT_STAGE
    return Reason.SAME_THEME if one.shares_theme else None


def _follows(number: int | None) -> bool:
    return number is not None and number > 0


def _place(found: tuple[Candidate, Reason]) -> tuple[bool, int, int, float, int]:
    one, reason = found
    far = (one.stages_after or 0) if reason == Reason.NEXT_STAGE else 0
    when = one.next_at.timestamp() if one.next_at else FAR
    return one.next_at is None, reason, far, when, one.pk


def related_courses(
    course: Course,
    *,
    stages: Sequence[Stage],
    themes: Sequence[Theme],
    units: Sequence[SeriesUnit],
    at: datetime,
) -> list[Related]:
    """From what the course's page has read already, in one query."""
    if not themes and not units:
        return []
    last_stage = max((stage.sort_order for stage in stages), default=None)
    rows = {row.pk: row for row in _candidates(course, themes, units, at)[:LOOKED_AT]}
    ranked = rank(_plain(row, last_stage) for row in rows.values())
    return [
        Related(rows[candidate.pk], reason, candidate.next_at)
        for candidate, reason in ranked
    ]


def _candidates(
    course: Course,
    themes: Sequence[Theme],
    units: Sequence[SeriesUnit],
    at: datetime,
) -> QuerySet[Course]:
    of_theme = Course.themes.through.objects.filter(
        course=OuterRef("pk"), theme__in=[theme.pk for theme in themes]
    )
    return (
        Course.objects.public()
        .exclude(pk=course.pk)
        .annotate(
            shares_theme=Exists(of_theme),
            units_after=_units_after(units),
            next_at=_next_at(at),
            first_stage=_first_stage(),
        )
        .filter(Q(shares_theme=True) | Q(units_after__gt=0))
        .order_by(F("next_at").asc(nulls_last=True), "pk")
    )


def _units_after(units: Sequence[SeriesUnit]) -> Any:
    """How many units later in the first series that both are in."""
    own = [
        When(series=unit.series_id, then=F("position") - unit.position) for unit in units
    ]
    later = Q(pk__in=[])
    for unit in units:
        later |= Q(series=unit.series_id, position__gt=unit.position)
    after = SeriesUnit.objects.filter(later, course=OuterRef("pk"))
    steps = after.annotate(steps=Case(*own)).order_by("steps", "pk") if own else after
    return Subquery(steps.values("steps" if own else "position")[:1])


def _next_at(at: datetime) -> Subquery:
    coming = Session.objects.held().upcoming(at)
    announced = coming.filter(
        run__course=OuterRef("pk"), run__state=RunState.ANNOUNCED
    ).order_by()
    starts = announced.values("run__course").annotate(first=Min("starts_at"))
    return Subquery(starts.values("first"))


def _first_stage() -> Subquery:
    stages = Stage.objects.filter(courses=OuterRef("pk")).order_by("sort_order")
    return Subquery(stages.values("sort_order")[:1])


def _plain(row: Any, last_stage: int | None) -> Candidate:
    knows_both = last_stage is not None and row.first_stage is not None
    return Candidate(
        pk=row.pk,
        next_at=row.next_at,
        units_after=row.units_after,
        stages_after=row.first_stage - last_stage if knows_both else None,
        shares_theme=row.shares_theme,
    )
