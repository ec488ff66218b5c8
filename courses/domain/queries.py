"""Questions about courses that pages ask, each in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from courses.models import Course, CourseRun, Session
from courses.models.querysets import CourseQuerySet, CourseRunQuerySet

PLACES = ("venue", "room__venue", "run__venue")


def with_facts(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Runs with everything that reception and a card need."""
    return runs.select_related("venue").prefetch_related(
        "pools",
        Prefetch("sessions", Session.objects.select_related(*PLACES)),
    )


def courses_with_facts(courses: CourseQuerySet, runs: CourseRunQuerySet) -> list[Course]:
    """Courses with stages loaded and their runs as `announced_runs`, in the order given."""
    return list(
        courses.select_related("department").prefetch_related(
            "stages", Prefetch("runs", with_facts(runs), to_attr="announced_runs")
        )
    )


def in_order(courses: Iterable[Course], keys: list[int]) -> list[Course]:
    """Courses in the order of their keys."""
    place = {key: position for position, key in enumerate(keys)}
    return sorted(courses, key=lambda course: place[course.pk])


def main_run(runs: Iterable[CourseRun], *, at: datetime) -> CourseRun | None:
    """The run a visitor wants first: the next one to come, else the latest past one."""
    dated = [(run, [s for s in run.sessions.all() if s.is_held]) for run in runs]
    coming = [
        (min(s.starts_at for s in sessions if s.ends_at > at), run.code, run)
        for run, sessions in dated
        if any(s.ends_at > at for s in sessions)
    ]
    if coming:
        return min(coming, key=lambda found: found[:2])[2]
    undated = [run for run, sessions in dated if not run.sessions.all()]
    if undated:
        return undated[0]
    past = [
        (
            max((s.ends_at for s in run.sessions.all()), default=run.created_at),
            run.code,
            run,
        )
        for run, _sessions in dated
    ]
    return max(past, key=lambda found: found[:2])[2] if past else None


def next_session(run: CourseRun, *, at: datetime) -> Session | None:
    """The next session that is held; cancelled ones are passed over."""
    coming = [s for s in run.sessions.all() if s.is_held and s.ends_at > at]
    return min(coming, key=lambda session: session.starts_at, default=None)
