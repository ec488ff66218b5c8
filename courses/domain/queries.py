"""Questions about courses that pages ask, each in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from courses.domain.reception import RESIDENT_POOLS, facts_of, reception_status
from courses.enums import ReceptionStatus, SelectionMode
from courses.models import Course, CourseRun, SeatPool, Session
from courses.models.querysets import CourseRunQuerySet

PLACES = ("venue", "room__venue", "run__venue")
PLACES_BESIDE_RUN = ("venue", "room__venue")
# What a visitor can still do comes before what can only be looked at.
USEFULNESS = {
    ReceptionStatus.OPEN: 0,
    ReceptionStatus.NOT_NEEDED: 0,
    ReceptionStatus.WAITING_LIST: 1,
    ReceptionStatus.NOT_YET: 2,
    ReceptionStatus.CLOSED: 3,
    ReceptionStatus.FULL: 3,
    ReceptionStatus.POSTPONED: 4,
    ReceptionStatus.CANCELLED: 4,
}


def with_facts(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Runs with everything that reception and a card need."""
    return runs.select_related("venue").prefetch_related(
        "pools",
        Prefetch("sessions", Session.objects.select_related(*PLACES_BESIDE_RUN)),
    )


def courses_with_facts(keys: Iterable[int], runs: CourseRunQuerySet) -> list[Course]:
    """Courses with stages loaded and their runs as `announced_runs`, in no order."""
    facts = Prefetch("runs", with_facts(runs), to_attr="announced_runs")
    return list(Course.objects.filter(pk__in=keys).prefetch_related("stages", facts))


def taking_applications(at: datetime) -> CourseRunQuerySet:
    """Runs that take an application now, if only for the waiting list; the same answer
    as `reception_status`, asked of the database."""
    pools = SeatPool.objects.filter(run=OuterRef("pk"), kind__in=RESIDENT_POOLS)
    free = pools.filter(Q(capacity__isnull=True) | Q(capacity__gt=F("seats_taken")))
    sessions = Session.objects.filter(run=OuterRef("pk"))
    fills_up = Q(selection_mode=SelectionMode.FIRST_COME, waiting_list=False)
    return CourseRun.objects.open_for_application(at).filter(
        Exists(pools),
        ~fills_up | Exists(free),
        Exists(sessions.held().upcoming(at)) | ~Exists(sessions),
    )


def main_run(runs: Iterable[CourseRun], *, at: datetime) -> CourseRun | None:
    """The run a visitor wants first: one to apply for, soonest first, else the next to
    come, else the latest past one."""
    chosen = list(runs)
    coming = [run for run in chosen if not is_over(run, at=at)]
    if coming:
        return min(coming, key=lambda run: _place_in_line(run, at))
    return max(chosen, key=_last_end, default=None)


def is_over(run: CourseRun, *, at: datetime) -> bool:
    """Nothing is to come; what was put off without a new date still is."""
    status = _status(run, at)
    if status == ReceptionStatus.CANCELLED:
        ends = [session.ends_at for session in run.sessions.all()]
        return bool(ends) and max(ends) <= at
    return status == ReceptionStatus.ENDED


def _status(run: CourseRun, at: datetime) -> ReceptionStatus:
    return reception_status(facts_of(run), at=at)


def _place_in_line(run: CourseRun, at: datetime) -> tuple[int, float, str]:
    session = next_session(run, at=at)
    when = session.starts_at.timestamp() if session else float("inf")
    return USEFULNESS[_status(run, at)], when, run.code


def _last_end(run: CourseRun) -> tuple[datetime, str]:
    ends = (session.ends_at for session in run.sessions.all())
    return max(ends, default=run.created_at), run.code


def next_session(run: CourseRun, *, at: datetime) -> Session | None:
    """The next session that is held; cancelled ones are passed over."""
    coming = [s for s in run.sessions.all() if s.is_held and s.ends_at > at]
    return min(coming, key=lambda session: session.starts_at, default=None)
