"""Three draws as an officer meets them these days: one announced, one frozen that waits
for its public value, one to be frozen; and a screening with notes."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from accounts.models import User
from cms.demo.identifiers import dice
from cms.demo.incidents import RunFacts
from courses.domain.fiscal_year import TOKYO
from courses.enums import RunState, SelectionMode
from courses.models import CourseRun
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.screening import note_verdict
from enrollments.enums import ApplicationState, ScreeningVerdict
from enrollments.models import Application

# Applications closed so many days ago.
CLOSED = {"announced": 8, "frozen": 3, "due": 1}
OPEN_FOR = timedelta(days=21)
# Since the city publishes its draws; how people fared before was made up by the ledger.
PUBLISHED_FOR = timedelta(days=150)
SOURCE = "日経平均株価の終値（円、小数点以下2けたまで）"
NOTES = (
    ("志望の動機が具体的。地域での活動の経験もある", ScreeningVerdict.ACCEPT),
    ("活動の目的は合うが、日程に一部来られない", ScreeningVerdict.WAIT),
    ("もう一度、電話で希望を確かめたい", None),
)


def drawn_these_days(runs: Iterable[RunFacts], *, at: datetime) -> list[RunFacts]:
    """The next lottery runs, each of another course, with applications closed lately."""
    found = list(runs)
    stages = iter(CLOSED)
    seen: set[str] = set()
    for place, run in sorted(enumerate(found), key=lambda pair: pair[1].plan.starts_at):
        content = run.plan.course
        if not _may_be_drawn_now(run, at) or content.slug in seen:
            continue
        stage = next(stages, "")
        if not stage:
            break
        seen.add(content.slug)
        closes = _at(at - timedelta(days=CLOSED[stage]), time(17))
        window = (_at(closes - OPEN_FOR, time(9)), closes)
        plan = replace(run.plan, stage=stage, moved_window=window)
        found[place] = replace(run, plan=plan)
    return found


def _may_be_drawn_now(run: RunFacts, at: datetime) -> bool:
    return _is_drawn(run) and run.plan.starts_at > at + timedelta(days=14)


def _is_drawn(run: RunFacts) -> bool:
    """Its places are drawn by lot, all from one pool, and it takes place."""
    content = run.plan.course
    return (
        content.selection == SelectionMode.LOTTERY
        and content.has_one_pool
        and run.state == RunState.ANNOUNCED
    )


def drawn_in_the_past(runs: Iterable[RunFacts], *, at: datetime) -> list[RunFacts]:
    """All runs; those whose applications wait for a draw that was held are marked."""
    return [
        replace(run, plan=replace(run.plan, stage="past")) if _was_drawn(run, at) else run
        for run in runs
    ]


def _was_drawn(run: RunFacts, at: datetime) -> bool:
    return (
        _is_drawn(run)
        and run.plan.window is not None
        and at - PUBLISHED_FOR < run.plan.starts_at < at
    )


def hold_draws(
    facts: Iterable[RunFacts],
    runs: dict[str, CourseRun],
    officers: dict[str, User],
    *,
    at: datetime,
) -> None:
    """By the domain's own functions, at the times at which officers did it."""
    for one in facts:
        if one.plan.stage in ("announced", "frozen"):
            officer = officers[one.plan.course.department]
            open_still = at if one.plan.stage == "frozen" else None
            draw_for(runs[one.plan.code], officer, value_after=open_still)


def draw_for(run: CourseRun, officer: User, *, value_after: datetime | None) -> None:
    """Frozen the day after applications closed, held and announced two days later; with
    `value_after` it waits for a public value that becomes known after that."""
    closes = run.applications_close_at
    if closes is None or not Application.objects.filter(run=run).exists():
        return
    frozen = _at(closes + timedelta(days=1), time(9, 40))
    value_on = (value_after or frozen) + timedelta(days=2)
    draw = freeze(
        run=run,
        secret=hashlib.sha256(f"demo {run.code}".encode()).digest(),
        source=SOURCE,
        source_on=value_on.astimezone(TOKYO).date(),
        by=officer,
        at=frozen,
        # A city as large as this one has namesakes.
        despite_same_names=True,
    )
    if value_after is None:
        chance = dice("draw", run.code)
        value = f"{chance.randrange(38000, 52000):,}.{chance.randrange(100):02}"
        held = _at(value_on, time(15, 40))
        hold(draw=draw, public_value=value, by=officer, at=held)
        told = max(run.results_at or held, held + timedelta(minutes=30))
        announce(draw=draw, by=None if run.results_at else officer, at=told)


def note_screening(officers: dict[str, User], *, at: datetime) -> None:
    """What the section has thought so far of the first to be screened."""
    run = (
        CourseRun.objects.filter(
            selection_mode=SelectionMode.SCREENING,
            state=RunState.ANNOUNCED,
            applications__state=ApplicationState.AWAITING_SCREENING,
        )
        .exclude(screening_criteria="")
        .select_related("course__department")
        .order_by("applications_close_at", "pk")
        .first()
    )
    if run is None:
        return
    officer = officers[run.course.department.code]
    waiting = Application.objects.filter(
        run=run, state=ApplicationState.AWAITING_SCREENING
    ).order_by("received_at", "tie")
    for number, application in enumerate(waiting):
        note, verdict = NOTES[number % len(NOTES)]
        note_verdict(
            application=application,
            verdict=verdict,
            note=note,
            by=officer,
            at=at - timedelta(hours=5, minutes=-number),
        )


def _at(moment: datetime, clock: time) -> datetime:
    return datetime.combine(moment.astimezone(TOKYO).date(), clock, tzinfo=TOKYO)
