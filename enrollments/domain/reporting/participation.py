"""Who takes part, as numbers of people: offered, applied, accepted, attended, completed, by
way of applying, age and area, for one run or many together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from django.db.models import Min, Sum
from django.utils import timezone

from accounts.domain.postcodes import address_of
from courses.models import CourseRun, SeatPool
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.domain.reporting.age_bands import DECADE, OLDEST, age_on
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Attendance, Completion, Participant

UNKNOWN = ""


class By(StrEnum):
    ALL = "all"
    CHANNEL = "channel"
    AGE = "age"
    AREA = "area"


@dataclass
class Numbers:
    applied: int = 0
    accepted: int = 0
    attended: int = 0
    completed: int = 0

    def count(self, *, accepted: bool, attended: bool, completed: bool) -> None:
        self.applied += 1
        self.accepted += accepted
        self.attended += attended
        self.completed += completed


@dataclass
class Participation:
    """`offered` are places; none where a run has no number of them."""

    offered: int | None = None
    cells: dict[tuple[By, str], Numbers] = field(default_factory=dict)

    def cell(self, by: By, value: str) -> Numbers:
        return self.cells.setdefault((by, value), Numbers())


def participation(runs: Mapping[int, str]) -> dict[str, Participation]:
    """`runs` lead to the name of what they are counted into. In a fixed number of
    queries; void applications never were."""
    counted = {name: Participation() for name in dict.fromkeys(runs.values())}
    _places(runs, counted)
    starts = _starts(runs)
    came = set(
        Attendance.objects.filter(
            session__run__in=runs, status__in=COUNTS_AS_ATTENDED
        ).values_list("participant", flat=True)
    )
    through = set(
        Completion.objects.filter(participant__application__run__in=runs).values_list(
            "participant", flat=True
        )
    )
    for pk, run, state, channel, code, born in _people(runs):
        into = counted[runs[run]]
        facts = {
            "accepted": state == State.ACCEPTED,
            "attended": pk in came,
            "completed": pk in through,
        }
        for by, value in (
            (By.ALL, UNKNOWN),
            (By.CHANNEL, channel),
            (By.AGE, band_of(born, starts.get(run))),
            (By.AREA, area_of(code)),
        ):
            into.cell(by, value).count(**facts)
    return counted


def _people(runs: Iterable[int]) -> Iterable[tuple[int, int, str, str, str, date | None]]:
    people = Participant.objects.filter(application__run__in=runs)
    return (
        people.exclude(application__state=State.VOID)
        .values_list(
            *("pk", "application__run", "application__state", "application__channel"),
            *("application__postal_code", "birth_date"),
        )
        .order_by()
        .iterator(chunk_size=2000)
    )


def _places(runs: Mapping[int, str], counted: dict[str, Participation]) -> None:
    pools = SeatPool.objects.filter(run__in=runs, capacity__isnull=False)
    sums = pools.order_by().values_list("run").annotate(Sum("capacity"))
    for run, places in sums:
        into = counted[runs[run]]
        into.offered = (into.offered or 0) + places


def _starts(runs: Iterable[int]) -> dict[int, date]:
    first = CourseRun.objects.filter(pk__in=runs).order_by()
    moments = first.annotate(first=Min("sessions__starts_at")).values_list("pk", "first")
    return {pk: timezone.localdate(moment) for pk, moment in moments if moment}


def band_of(born: date | None, start: date | None) -> str:
    """The decade in years on the first day: 30 for 30 to 39; 80 and older are one."""
    if born is None or start is None:
        return UNKNOWN
    return str(min(max(age_on(born, start), 0) // DECADE * DECADE, OLDEST))


@cache
def area_of(postcode: str) -> str:
    """Town and part of town; the first three digits where no list of postcodes is
    installed."""
    if not postcode:
        return UNKNOWN
    return address_of(postcode) or f"〒{postcode[:3]}"


def in_order(by: By, values: Iterable[str]) -> Sequence[str]:
    """Unknown comes last."""
    if by == By.CHANNEL:
        order = {str(one): number for number, one in enumerate(Channel)}
        return sorted(values, key=lambda value: order.get(value, len(order)))
    if by == By.AGE:
        return sorted(values, key=lambda value: (not value, int(value or 0)))
    return sorted(values, key=lambda value: (not value, value))
