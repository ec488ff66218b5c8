"""A plan as it stands: who has which seat, of those who still take part."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.roster import roster_of
from enrollments.domain.tables.people import Person
from enrollments.domain.tables.score import score
from enrollments.domain.tables.seated import people_to_seat
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance, Participant, TablePlan, TableSeat

# Those whom nobody waits for any more at their table.
STAY_AWAY = frozenset(
    {AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED, AttendanceStatus.MADE_UP}
)


@dataclass(frozen=True)
class Standing:
    """`people` are all who take part, also those without a seat; tables by the key of
    the participant."""

    plan: TablePlan
    participants: dict[int, Participant]
    people: dict[int, Person]
    seats: dict[int, TableSeat]
    tables: int

    @property
    def seating(self) -> dict[int, int]:
        return {key: seat.table.number for key, seat in self.seats.items()}

    @property
    def locks(self) -> dict[int, int]:
        return {key: n for key, n in self.seating.items() if self.seats[key].is_locked}

    @property
    def unseated(self) -> list[int]:
        return [key for key in self.participants if key not in self.seats]

    def people_at(self, keys: Iterable[int]) -> list[Person]:
        return [self.people[key] for key in keys]


def standing_of(plan: TablePlan) -> Standing:
    """In a fixed number of queries."""
    known = {one.pk: one for one in roster_of(plan.session)}
    people = people_to_seat(known.values(), session=plan.session, question=plan.question)
    seats = plan.seats.select_related("table")
    return Standing(
        plan=plan,
        participants=known,
        people={one.key: one for one in people},
        seats={one.participant_id: one for one in seats if one.participant_id in known},
        tables=plan.tables.count(),
    )


def plan_of(session: Session) -> TablePlan | None:
    found = TablePlan.objects.filter(session=session)
    return found.select_related("session__run__course", "question").first()


def lock_plan(plan: TablePlan) -> TablePlan:
    """The run's lock is taken first, as everywhere."""
    lock_run(plan.session.run_id)
    found = TablePlan.objects.select_related("session__run__course__department", "question")
    return found.get(pk=plan.pk)


def keep_marks(plan: TablePlan) -> None:
    """The score is kept with the plan, as it stands after a change."""
    now = standing_of(plan)
    found = score(now.people.values(), now.seating, tables=now.tables, locks=now.locks)
    plan.marks = [[mark.criterion.value, mark.off, mark.best] for mark in found]
    plan.save(update_fields=["marks"])


def staying_away(plan: TablePlan) -> set[int]:
    marks = Attendance.objects.filter(session=plan.session, status__in=STAY_AWAY)
    return set(marks.values_list("participant", flat=True))
