"""What somebody who applies for a series can choose: of each public unit the runs to come,
each with its places, what it asks, what is in the way, and why it cannot be chosen."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Min, OuterRef

from accounts.domain.refusal import Refusal
from accounts.domain.sections import works_for
from accounts.models import User
from courses.enums import RunState
from courses.models import CourseRun, Series, SeriesUnit, Session
from enrollments.domain.asking import (
    Asked,
    asked_for_entry,
    asked_of_visitor,
    require_a_place,
)
from enrollments.domain.completed import completed_courses
from enrollments.domain.conditions import words_for
from enrollments.domain.places import Place
from enrollments.domain.queries import applications_of
from enrollments.domain.series.overlaps import Span, in_the_way, spans_of, spans_taken
from enrollments.enums import Verdict
from enrollments.models import Application
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class RunOffer:
    """`own` is what the person has applied for already; `overlaps` what it is in the way
    of; `not_met` are the conditions that the person does not meet, as far as is known."""

    run: CourseRun
    asked: Asked
    refusal: Refusal | None
    own: Application | None
    overlaps: Sequence[tuple[Span, Span]]
    not_met: Sequence[str]

    @property
    def may_choose(self) -> bool:
        """What is typed may still meet a condition that an account does not."""
        return self.refusal is None and self.own is None and not self.asked.is_closed_to

    @property
    def places(self) -> tuple[Place, ...]:
        return self.asked.places

    @property
    def is_full(self) -> bool:
        return bool(self.places) and all(place.is_full for place in self.places)


@dataclass(frozen=True)
class UnitOffer:
    unit: SeriesUnit
    runs: Sequence[RunOffer]
    is_completed: bool


def offers_of(
    series: Series, user: User | None, *, at: datetime, load: Callable[[str], CourseRun]
) -> list[UnitOffer]:
    """`load` gives a public run with all that it asks."""
    units = list(
        series.units.filter(course__published_at__isnull=False)
        .filter(course__withdrawn_at__isnull=True)
        .select_related("course")
        .order_by("position")
    )
    own = _live_of(user) if user else []
    taken = spans_taken(own, at=at) if own else []
    done = {course for _user, course in completed_courses([user])} if user else set()
    runs: dict[int, list[RunOffer]] = defaultdict(list)
    for code in _coming([unit.course_id for unit in units], at=at):
        run = load(code)
        live = next((one for one in own if one.run_id == run.pk), None)
        runs[run.course_id].append(_offer(run, user, live, taken, at=at))
    return [UnitOffer(unit, runs[unit.course_id], unit.course_id in done) for unit in units]


def offers_for_entry(
    series: Series, staff: User, *, at: datetime, load: Callable[[str], CourseRun]
) -> list[UnitOffer]:
    """Of units whose section the person works for. A window that is closed keeps nobody
    out here: the domain asks for the reason."""
    units = list(series.units.select_related("course__department").order_by("position"))
    own = [one for one in units if works_for(staff, one.course.department)]
    runs: dict[int, list[RunOffer]] = defaultdict(list)
    for code in _coming([unit.course_id for unit in own], at=at):
        run = load(code)
        asked = asked_for_entry(run, at=at)
        if asked.places:
            offer = RunOffer(run, asked, refusal=None, own=None, overlaps=(), not_met=())
            runs[run.course_id].append(offer)
    return [UnitOffer(unit, runs[unit.course_id], is_completed=False) for unit in own]


def _coming(courses: Sequence[int], *, at: datetime) -> list[str]:
    """Announced runs with a session to come, by their first day."""
    coming = Session.objects.filter(run=OuterRef("pk")).held().upcoming(at)
    runs = CourseRun.objects.public().filter(
        Exists(coming), course__in=courses, state=RunState.ANNOUNCED
    )
    in_order = runs.annotate(first=Min("sessions__starts_at")).order_by("first", "code")
    return list(in_order.values_list("code", flat=True))


def _offer(
    run: CourseRun,
    user: User | None,
    own: Application | None,
    taken: Sequence[Span],
    *,
    at: datetime,
) -> RunOffer:
    asked = asked_of_visitor(run, user, at=at)
    refusal: Refusal | None = None
    try:
        require_a_place(asked, at=at)
    except Refusal as why:
        refusal = why
    for session in run.sessions.all():
        session.run = run
    return RunOffer(
        run=run,
        asked=asked,
        refusal=refusal,
        own=own,
        overlaps=[] if own else in_the_way(spans_of(run.sessions.all()), taken),
        not_met=[
            words_for(finding)
            for finding in asked.findings
            if finding.verdict == Verdict.NOT_MET
        ],
    )


def _live_of(user: User) -> list[Application]:
    return list(applications_of(user).filter(state__in=LIVE).select_related("pool"))
