"""What came of a run in numbers, counted anew each time: applications, attendance of each
session, completions, and nothing from which one person could be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from courses.models import CourseRun, Session
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.domain.reporting.age_bands import AgeBand, age_bands, age_on
from enrollments.domain.surveys.summary import SurveySummary, survey_summaries
from enrollments.enums import ApplicationState as State
from enrollments.enums import AttendanceStatus, Channel
from enrollments.models import (
    Application,
    Attendance,
    Completion,
    HeadCount,
    Participant,
)

GAVE_UP = frozenset({State.WITHDRAWN, State.DECLINED, State.EXPIRED})


@dataclass(frozen=True)
class SessionNumbers:
    """`expected` have a place, `came` of them were there, `online` among these. Where
    nobody applies, `came` is the head count. None: nothing was noted."""

    session: Session
    expected: int
    came: int | None
    online: int


@dataclass(frozen=True)
class RunNumbers:
    """Applications, except for those with `_people`. `waited`: were ever on the list.
    `surveys` as others may know them, or whole for the section."""

    applied: int
    applied_people: int
    accepted: int
    accepted_people: int
    waited: int
    lost: int
    gave_up: int
    cancelled: int
    completed: int
    channels: Sequence[tuple[Channel, int]]
    sessions: Sequence[SessionNumbers]
    ages: Sequence[AgeBand]
    surveys: Sequence[SurveySummary]


def numbers_of(run: CourseRun, *, inside: bool = False) -> RunNumbers:
    """In a fixed number of queries, however many applied. Void ones never were.
    `inside`: the report stays in the section."""
    all_of_run = Application.objects.filter(run=run).exclude(state=State.VOID)
    states = dict(all_of_run.order_by().values_list("state").annotate(Count("pk")))
    channels = dict(all_of_run.order_by().values_list("channel").annotate(Count("pk")))
    people = Participant.objects.filter(application__in=all_of_run)
    with_place = people.filter(application__state=State.ACCEPTED)
    return RunNumbers(
        applied=sum(states.values()),
        applied_people=people.count(),
        accepted=states.get(State.ACCEPTED, 0),
        accepted_people=with_place.count(),
        waited=_waited(all_of_run),
        lost=states.get(State.LOST, 0),
        gave_up=sum(states.get(state, 0) for state in GAVE_UP),
        cancelled=states.get(State.CANCELLED, 0),
        completed=Completion.objects.filter(participant__application__run=run).count(),
        channels=[(one, channels[one]) for one in Channel if one in channels],
        sessions=_sessions(run),
        ages=age_bands(_ages(run, with_place)),
        surveys=survey_summaries(run, inside=inside),
    )


def _waited(applications: QuerySet[Application]) -> int:
    ever = Q(transitions__to_state=State.WAITING)
    return applications.filter(ever).order_by().values("pk").distinct().count()


def _sessions(run: CourseRun) -> list[SessionNumbers]:
    marked = Attendance.objects.filter(session__run=run).order_by().values("session")
    came = {
        row["session"]: (row["came"], row["online"])
        for row in marked.annotate(
            came=Count("pk", filter=Q(status__in=COUNTS_AS_ATTENDED)),
            online=Count("pk", filter=Q(status=AttendanceStatus.ONLINE)),
        )
    }
    heads = dict(
        HeadCount.objects.filter(session__run=run).values_list("session", "number")
    )
    expected = dict(
        Participant.objects.filter(application__run=run, application__state=State.ACCEPTED)
        .order_by()
        .values_list("application__pool__session")
        .annotate(Count("pk"))
    )
    found = []
    for session in run.sessions.all():
        if not session.is_held:
            continue
        attended, online = came.get(session.pk, (heads.get(session.pk), 0))
        number = expected.get(None, 0) + expected.get(session.pk, 0)
        found.append(SessionNumbers(session, number, attended, online))
    return found


def _ages(run: CourseRun, people: QuerySet[Participant]) -> list[int]:
    """On the day of the first session, of those who said when they were born."""
    start = run.sessions.aggregate(first=Min("starts_at"))["first"]
    if start is None:
        return []
    day = timezone.localdate(start)
    born = people.filter(birth_date__isnull=False).values_list("birth_date", flat=True)
    return [age_on(birth_date, day) for birth_date in born if birth_date]
