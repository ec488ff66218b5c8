"""A copied run keeps how staff and groups come in and which places go to whom, each as far
from its first session as it was; what no longer fits is left to the officer."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.run_plan import WindowOutOfOrder
from courses.domain.swap_rules import set_swap_rule
from courses.domain.ways_in import YES_OR_NO, WayPlan, set_way_in
from courses.enums import PoolKind
from courses.models import CourseRun, SwapRule, WayIn


def copy_ways(*, source: CourseRun, run: CourseRun, by: User, at: datetime) -> None:
    """Of what the copy has places for; what it says already stays. The same copy again
    changes nothing.

    Raises: NotAllowed.
    """
    later = _later(source, run)
    kinds = set(run.pools.values_list("kind", flat=True))
    with transaction.atomic():
        said = set(run.ways_in.values_list("kind", flat=True))
        for way in source.ways_in.filter(kind__in=kinds - said):
            _copy_way(way, run, later, by, at)
        rule = SwapRule.objects.filter(run=source).first()
        if rule is not None and not SwapRule.objects.filter(run=run).exists():
            _copy_rule(rule, run, later, by, at)


def _later(source: CourseRun, run: CourseRun) -> timedelta:
    """Whole days between the first sessions, as they were first announced."""
    first, second = (
        min(
            (one.former_starts_at or one.starts_at for one in each.sessions.all()),
            default=None,
        )
        for each in (source, run)
    )
    return timedelta(days=round((second - first) / DAY)) if first and second else YEAR


DAY = timedelta(days=1)
YEAR = timedelta(weeks=52)


def _copy_way(way: WayIn, run: CourseRun, later: timedelta, by: User, at: datetime) -> None:
    """Without its moments where those would not fit the new dates."""
    answers = {name: getattr(way, name) for name in YES_OR_NO}
    moments = {
        name: moment + later
        for name in ("opens_at", "closes_at")
        if (moment := getattr(way, name)) is not None
    }
    kind = PoolKind(way.kind)
    try:
        plan = WayPlan(**moments, **answers)
        set_way_in(run=run, kind=kind, plan=plan, by=by, at=at)
    except WindowOutOfOrder:
        set_way_in(run=run, kind=kind, plan=WayPlan(**answers), by=by, at=at)


def _copy_rule(
    rule: SwapRule, run: CourseRun, later: timedelta, by: User, at: datetime
) -> None:
    try:
        with transaction.atomic():
            set_swap_rule(
                run=run,
                giver=PoolKind(rule.giver),
                taker=PoolKind(rule.taker),
                moment=rule.at + later,
                keeps=rule.keeps,
                by=by,
                at=at,
            )
    except Refusal:
        return
