"""Announcing: at the time set, and not before, everybody's result takes effect and is told,
in one transaction; by an officer or by the worker, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    Sum,
    prefetch_related_objects,
)

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.enums import PaperRule, RunState, SelectionMode
from courses.models import CourseRun, Session
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.entry_list import (
    EntryList,
    entry_list,
    record_of,
)
from enrollments.domain.drawing.freezing import require_freezable, write_down
from enrollments.domain.drawing.frozen_lists import UNDER_WAY, freezable_from
from enrollments.domain.drawing.holding import result_of, write_ranks
from enrollments.domain.drawing.rule import all_fit, draw
from enrollments.domain.drawing.taking_effect import take_effect
from enrollments.domain.refusals import RunNotHeld
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawState
from enrollments.models import Application, Draw

# How long a card may be on its way when its postmark counts.
CARDS_UNDER_WAY = timedelta(days=5)


def announce(*, draw: Draw, by: User | None, at: datetime) -> Draw:
    """Raises: NotAllowed, NotHeldYet, AlreadyAnnounced, ResultsComeLater, RunNotHeld."""
    with transaction.atomic():
        run = _lock_with_facts(draw.run_id, by)
        fresh = Draw.objects.get(pk=draw.pk)
        if fresh.state == DrawState.ANNOUNCED:
            raise refusals.AlreadyAnnounced
        if fresh.state != DrawState.HELD:
            raise refusals.NotHeldYet
        if run.state != RunState.ANNOUNCED:
            raise RunNotHeld
        require_time_for_results(run, at=at)
        fresh.state, fresh.announced_at = DrawState.ANNOUNCED, at
        fresh.save(update_fields=["state", "announced_at"])
        take_effect(fresh, run, by=by, at=at)
    return fresh


def require_time_for_results(run: CourseRun, *, at: datetime) -> None:
    """Raises: ResultsComeLater."""
    if run.results_at is not None and at < run.results_at:
        raise refusals.ResultsComeLater


def settle_without_draw(*, run: CourseRun, by: User | None, at: datetime) -> Draw:
    """All who applied in time fit: everybody is accepted, and that is the record.

    Raises: as `freeze`; DrawNeeded where somebody does not fit; ResultsComeLater.
    """
    with transaction.atomic():
        locked = _lock_with_facts(run.pk, by)
        number = require_freezable(locked, at=at)
        listed = entry_list(locked, round_number=number)
        if not listed.entries:
            raise refusals.NobodyToDraw
        if number or not all_fit(listed.entries, listed.seats):
            raise refusals.DrawNeeded
        require_time_for_results(locked, at=at)
        settled = _written_as_settled(locked, listed, by=by, at=at)
        take_effect(settled, locked, by=by, at=at)
    return settled


def _written_as_settled(
    run: CourseRun, listed: EntryList, *, by: User | None, at: datetime
) -> Draw:
    record = record_of(run, listed, round_number=0, at=at)
    settled = Draw(
        run=run,
        source_on=at.astimezone(TOKYO).date(),
        frozen_at=at,
        frozen_by=by,
    )
    write_down(settled, listed, record)
    drawn = draw(listed.entries, seats=listed.seats, seed=b"")
    settled.state = DrawState.ANNOUNCED
    settled.held_at = settled.announced_at = at
    settled.held_by = by
    settled.result = result_of(drawn, withdrawn=[], seed=b"", at=at)
    settled.save(update_fields=["state", "held_at", "held_by", "announced_at", "result"])
    write_ranks(settled, drawn)
    return settled


def _lock_with_facts(run_pk: int, by: User | None) -> CourseRun:
    run = lock_run(run_pk)
    if by is not None:
        require_section(by, run.course.department)
    sessions = Session.objects.select_related("venue", "room__venue")
    prefetch_related_objects([run], "pools", Prefetch("sessions", sessions))
    return run


def settle_due(*, at: datetime) -> int:
    """What the worker does: tell results whose time has come, and accept everybody where
    all fit. Returns how many runs; two workers settle each of them once."""
    held = Draw.objects.filter(
        state=DrawState.HELD, run__state=RunState.ANNOUNCED, run__results_at__lte=at
    )
    told = [_told(draw, at) for draw in held]
    return sum(told) + sum(_settled(run, at) for run in _decided_only_if_over(at))


def _told(draw: Draw, at: datetime) -> bool:
    try:
        announce(draw=draw, by=None, at=at)
    except Refusal:
        return False
    return True


def _settled(run: CourseRun, at: datetime) -> bool:
    try:
        settle_without_draw(run=run, by=None, at=at)
    except Refusal:
        return False
    return True


def _decided_only_if_over(at: datetime) -> list[CourseRun]:
    """Closed, with people who wait for a draw that may not be needed, once no card can
    be under way any more."""
    waiting = Application.objects.filter(run=OuterRef("pk"), state=State.AWAITING_DRAW)
    found = (
        CourseRun.objects.filter(
            Exists(waiting),
            Q(results_at=None) | Q(results_at__lte=at),
            ~Exists(Draw.objects.filter(run=OuterRef("pk"), state__in=UNDER_WAY)),
            selection_mode=SelectionMode.LOTTERY_IF_OVER,
            state=RunState.ANNOUNCED,
            applications_close_at__lte=at,
        )
        .select_related("course")
        .order_by("pk")
    )
    return [run for run in found if _nothing_comes_any_more(run, at) and _all_fit(run)]


def _nothing_comes_any_more(run: CourseRun, at: datetime) -> bool:
    since = freezable_from(run)
    if since is not None and run.paper_deadline and run.paper_rule == PaperRule.POSTMARK:
        since += CARDS_UNDER_WAY
    return since is not None and at >= since


def _all_fit(run: CourseRun) -> bool:
    """A glance without the lock, so that an over-subscribed run locks nothing."""
    wanted = (
        Application.objects.filter(run=run, state=State.AWAITING_DRAW)
        .order_by()
        .values_list("pool")
        .annotate(seats=Sum("seats"))
    )
    left = {pool.pk: pool.seats_left for pool in run.pools.all()}
    limits = ((seats, left[pool]) for pool, seats in wanted)
    return all(limit is None or seats <= limit for seats, limit in limits)
