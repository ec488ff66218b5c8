"""Staff are counted per section (課): how many were named, applied themselves, were
approved by their head, have a place, and came."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q

from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.approving import APPROVED
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.enums import ApplicationState as State
from enrollments.models import Participant


class SectionCount(NamedTuple):
    """`section` is empty where nobody said which. Whoever was not `nominated` has
    `applied`."""

    section: str
    nominated: int
    applied: int
    approved: int
    accepted: int
    attended: int


def all_sections(sections: Sequence[SectionCount]) -> SectionCount:
    """Their sum."""
    numbers = zip(*(one[1:] for one in sections), strict=True)
    return SectionCount("", *map(sum, numbers))


def staff_by_section(run: CourseRun) -> list[SectionCount]:
    """In the order of the city's sections; void applications never were. One query."""
    people = Participant.objects.filter(
        application__run=run, application__pool__kind=PoolKind.STAFF
    ).exclude(application__state=State.VOID)
    came = Q(attendances__status__in=COUNTS_AS_ATTENDED)
    named = Q(application__nomination__isnull=False)
    approved = Q(
        application__transitions__from_state=State.AWAITING_APPROVAL,
        application__transitions__why=APPROVED,
    )
    section = "application__department"
    rows = (
        people.order_by(f"{section}__sort_order", f"{section}__code")
        .values_list(f"{section}__sort_order", f"{section}__code", f"{section}__name")
        .annotate(
            nominated=Count("pk", filter=named, distinct=True),
            applied=Count("pk", filter=~named, distinct=True),
            approved=Count("pk", filter=approved, distinct=True),
            accepted=Count(
                "pk", filter=Q(application__state=State.ACCEPTED), distinct=True
            ),
            attended=Count("pk", filter=came, distinct=True),
        )
    )
    return [SectionCount(name or "", *counts) for _order, _code, name, *counts in rows]
