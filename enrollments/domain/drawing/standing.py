"""What everybody may be told of a draw: the public record, and one number on it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.enums import DrawTier, RunState, WaitingPolicy
from courses.models import CourseRun, SeatPool
from enrollments.domain.drawing.entry_list import pool_key
from enrollments.domain.drawing.frozen_lists import standing_draws
from enrollments.domain.drawing.tiers import BY_LOT
from enrollments.domain.receipt import parse_receipt_number
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawState
from enrollments.models import Draw, DrawEntry

DECIDED = frozenset({State.ACCEPTED, State.WAITING, State.LOST})


@dataclass(frozen=True)
class PoolLine:
    """A pool of the record with its places; none where no number is set."""

    label: str
    seats: int | None


def may_be_drawn(run: CourseRun) -> bool:
    """Whether a draw decides in this run, at the deadline or later."""
    return run.selection_mode in BY_LOT or run.waiting_policy == WaitingPolicy.REDRAW


def has_public_record(run: CourseRun) -> bool:
    return (
        run.state != RunState.PLANNED and run.course.is_public and may_be_drawn(run)
    ) or run.draws.exists()


def chosen_draw(run: CourseRun, number: str = "") -> Draw | None:
    """The draw of that round, else the last; none before the first list is frozen."""
    draws = standing_draws(run)
    asked = [draw for draw in draws if str(draw.round) == number]
    return next(iter(asked or draws[::-1]), None)


def decided_without_record(run: CourseRun) -> bool:
    """Drawn elsewhere, or before records were kept: results are there, and no list."""
    if run.selection_mode not in BY_LOT:
        return False
    states = set(run.applications.order_by().values_list("state", flat=True).distinct())
    return State.AWAITING_DRAW not in states and bool(states & DECIDED)


def lists_taken_back(run: CourseRun) -> QuerySet[Draw]:
    return run.draws.filter(state=DrawState.TAKEN_BACK).order_by("frozen_at", "pk")


def entries_shown(draw: Draw) -> QuerySet[DrawEntry]:
    """By rank once the result is told; until then by number, which says nothing."""
    rows = draw.entries.select_related("pool__session")
    if draw.state == DrawState.ANNOUNCED:
        return rows.order_by("pool", "rank")
    return rows.order_by("number")


def entry_of_number(draw: Draw, text: str) -> DrawEntry | None:
    """By a receipt number, with or without hyphens."""
    found = parse_receipt_number(text)
    if found is None:
        return None
    moment, tie = found
    number = f"{moment.astimezone(TOKYO):%y%m%d-%H%M%S}-{tie:03}"
    return draw.entries.filter(number=number).select_related("pool__session").first()


def tier_words(draw: Draw) -> list[str | Promise]:
    """The words of tier 0, 1, …; empty where nobody is drawn before others."""
    names = json.loads(draw.record)["tiers"]
    if not names:
        return []
    return [*(DrawTier(name).label for name in names), _("そのほかの方")]


def pool_words(pool: SeatPool) -> str:
    if pool.session is None:
        return str(pool.get_kind_display())
    number = _("第%(number)s回") % {"number": pool.session.number}
    return f"{number} {pool.get_kind_display()}"


def places_drawn(draw: Draw, run: CourseRun) -> list[PoolLine]:
    """In the order of the record."""
    pools = {pool_key(p): pool_words(p) for p in run.pools.select_related("session")}
    return [
        PoolLine(pools.get(one["pool"], one["pool"]), one["seats"])
        for one in json.loads(draw.record)["pools"]
    ]


def value_is_due(draw: Draw, *, at: datetime) -> bool:
    """Whether the public value may be known by now."""
    today: date = at.astimezone(TOKYO).date()
    return today >= draw.source_on
