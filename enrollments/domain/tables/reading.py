"""Which table somebody sits at, and the tables with their people as they are shown and
printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from courses.models import Session
from enrollments.domain.surveys.sides import side_of
from enrollments.domain.tables.standing import Standing
from enrollments.enums import SurveyAudience
from enrollments.models import Application, Participant, SeatingTable, TableSeat


@dataclass(frozen=True)
class Sitting:
    """`meets_own`: somebody of the same section or group sits at the table, too."""

    person: Participant
    number: int
    is_locked: bool
    is_staff: bool
    is_newcomer: bool
    wish: str
    meets_own: bool
    stays_away: bool


@dataclass(frozen=True)
class TableShown:
    table: SeatingTable
    sitting: Sequence[Sitting]

    @property
    def expected(self) -> int:
        return sum(not one.stays_away for one in self.sitting)


def tables_shown(now: Standing, *, gone: Iterable[int] = ()) -> list[TableShown]:
    away = set(gone)
    at: dict[int, list[int]] = {}
    for key, number in now.seating.items():
        at.setdefault(number, []).append(key)
    return [
        TableShown(
            table,
            [
                _sitting(now, key, at[table.number], away)
                for key in _in_order(now, at, table)
            ],
        )
        for table in now.plan.tables.all()
    ]


def _in_order(now: Standing, at: dict[int, list[int]], table: SeatingTable) -> list[int]:
    """As the roster: by reading of the name."""
    here = set(at.get(table.number, ()))
    return [key for key in now.participants if key in here]


def _sitting(now: Standing, key: int, here: Sequence[int], away: set[int]) -> Sitting:
    person, seat = now.people[key], now.seats[key]
    participant = now.participants[key]
    others = (now.people[one].bond for one in here if one != key)
    return Sitting(
        person=participant,
        number=seat.table.number,
        is_locked=seat.is_locked,
        is_staff=side_of(participant) == SurveyAudience.STAFF,
        is_newcomer=person.is_newcomer,
        wish=person.wish,
        meets_own=bool(person.bond) and person.bond in others,
        stays_away=key in away,
    )


def table_numbers(session: Session) -> dict[int, int]:
    """By the key of the participant; empty where there is no plan."""
    seats = TableSeat.objects.filter(plan__session=session)
    return dict(seats.values_list("participant", "table__number"))


def own_tables(
    application: Application, sessions: Iterable[Session], *, at: datetime
) -> list[tuple[str, int]]:
    """On the day of a session: who of the application sits at which table. Asks nothing
    on other days."""
    today = timezone.localdate(at)
    now = [one.pk for one in sessions if timezone.localdate(one.starts_at) == today]
    if not now:
        return []
    seats = TableSeat.objects.filter(
        plan__session__in=now, participant__application=application
    )
    found = seats.select_related("participant", "table").order_by("participant__position")
    return [(one.participant.full_name, one.table.number) for one in found]
