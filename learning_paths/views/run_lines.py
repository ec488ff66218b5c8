"""The next dates of a course that somebody still has to complete, with who could go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.queries import next_session
from courses.domain.reception import (
    RunFacts,
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import CapacityUnit, PoolKind, ReceptionStatus
from courses.models import CourseRun, SeatPool, Session
from learning_paths.domain.queries import coming_runs
from learning_paths.domain.sent_members import members_in_runs
from learning_paths.domain.standings import PathStanding
from learning_paths.models import Membership

TAKES = frozenset({ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST})


@dataclass(frozen=True)
class RunLine:
    """`going` have a place or wait for one, `could_go` have not completed the course;
    `placed` are the keys of those who go."""

    run: CourseRun
    session: Session | None
    status: ReceptionStatus
    status_label: str
    places: str
    apply_code: str
    going: Sequence[str]
    could_go: Sequence[str]
    placed: frozenset[int]


@dataclass(frozen=True)
class ComingRuns:
    """Of the courses that the steps still to do ask for."""

    runs: Mapping[int, CourseRun]
    going: Mapping[int, frozenset[int]]
    names: Mapping[int, str]
    at: datetime

    def line(self, course: int, *, completed: Iterable[int]) -> RunLine | None:
        run = self.runs.get(course)
        if run is None:
            return None
        going = self.going.get(run.pk, frozenset())
        done = set(completed)
        own = _places_of_groups(run)
        facts = _of_these_places(facts_of(run, at=self.at), own)
        status = reception_status(facts, at=self.at)
        return RunLine(
            run=run,
            session=next_session(run, at=self.at),
            status=status,
            status_label=public_words(facts, status),
            places=_places_words(run, facts, status, own),
            apply_code=run.code if status in TAKES else "",
            going=[name for key, name in self.names.items() if key in going],
            could_go=[name for key, name in self.names.items() if key not in going | done],
            placed=going,
        )


def _places_of_groups(run: CourseRun) -> SeatPool | None:
    """From a run with its pools loaded: members are sent to these before any others."""
    pools = (one for one in run.pools.all() if one.session_id is None)
    return next((one for one in pools if one.kind == PoolKind.GROUPS), None)


def _of_these_places(facts: RunFacts, pool: SeatPool | None) -> RunFacts:
    """How many wait is counted over all places, and says nothing of these."""
    if pool is None:
        return facts
    left, capacity = pool.seats_left, pool.capacity
    return replace(
        facts,
        capacity=capacity,
        seats_left=left,
        has_places=True,
        waiting=0,
        several=False,
    )


def _places_words(
    run: CourseRun, facts: RunFacts, status: ReceptionStatus, own: SeatPool | None
) -> str:
    words = places_words(facts, status, CapacityUnit(run.capacity_unit))
    return _("団体の枠：%(places)s") % {"places": words} if own and words else words


def coming_for(
    standings: Iterable[PathStanding],
    members: Sequence[Membership],
    names: Mapping[int, str],
    *,
    at: datetime,
) -> ComingRuns:
    courses = {
        course.course
        for standing in standings
        for step in standing.progress.steps
        if not step.is_done
        for course in step.courses
        if not course.is_done
    }
    runs = coming_runs(courses, at=at) if courses else {}
    going = members_in_runs(members, [run.pk for run in runs.values()]) if runs else {}
    return ComingRuns(runs, going, names, at)
