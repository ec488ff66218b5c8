"""Where a series stands: which unit comes next, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q

from courses.enums import RunState
from courses.models import Series, SeriesUnit
from courses.models.querysets import HELD

HELD_SESSIONS = Q(
    course__runs__state=RunState.ANNOUNCED, course__runs__sessions__state__in=HELD
)


@dataclass(frozen=True)
class UnitStanding:
    """`next_at` is the unit's next session to come; `held` whether it was held before."""

    unit: SeriesUnit
    next_at: datetime | None
    held: bool


@dataclass(frozen=True)
class SeriesStanding:
    series: Series
    units: list[UnitStanding]

    @property
    def next_unit(self) -> UnitStanding | None:
        coming = [unit for unit in self.units if unit.next_at is not None]
        return min(coming, key=lambda unit: unit.next_at or datetime.max, default=None)


def standings_of(series: Iterable[Series], *, at: datetime) -> list[SeriesStanding]:
    """Public units in order, in one query for all series."""
    chosen = list(series)
    units = (
        SeriesUnit.objects.filter(series__in=chosen, course__published_at__isnull=False)
        .filter(course__withdrawn_at__isnull=True)
        .select_related("course")
        .annotate(
            next_at=Min(
                "course__runs__sessions__starts_at",
                filter=Q(course__runs__sessions__ends_at__gt=at) & HELD_SESSIONS,
            ),
            last_end=Max("course__runs__sessions__ends_at", filter=HELD_SESSIONS),
        )
        .order_by("series", "position")
    )
    by_series: dict[int, list[UnitStanding]] = {one.pk: [] for one in chosen}
    for unit in units:
        held = unit.next_at is None and unit.last_end is not None
        by_series[unit.series_id].append(UnitStanding(unit, unit.next_at, held))
    return [SeriesStanding(one, by_series[one.pk]) for one in chosen]
