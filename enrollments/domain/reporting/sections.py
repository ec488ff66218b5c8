"""Staff are counted per section (課): how many applied, have or had a place, and came."""

from typing import NamedTuple

from django.db.models import Count, Q

from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.enums import ApplicationState as State
from enrollments.models import Participant


class SectionCount(NamedTuple):
    """`section` is empty where nobody said which."""

    section: str
    applied: int
    accepted: int
    attended: int


def staff_by_section(run: CourseRun) -> list[SectionCount]:
    """In the order of the city's sections; void applications never were. One query."""
    people = Participant.objects.filter(
        application__run=run, application__pool__kind=PoolKind.STAFF
    ).exclude(application__state=State.VOID)
    came = Q(attendances__status__in=COUNTS_AS_ATTENDED)
    section = "application__department"
    rows = (
        people.order_by(f"{section}__sort_order", f"{section}__code")
        .values_list(f"{section}__sort_order", f"{section}__code", f"{section}__name")
        .annotate(
            applied=Count("pk", distinct=True),
            accepted=Count(
                "pk", filter=Q(application__state=State.ACCEPTED), distinct=True
            ),
            attended=Count("pk", filter=came, distinct=True),
        )
    )
    return [SectionCount(name or "", *counts) for _order, _code, name, *counts in rows]
