"""What a step of the draw will do, said before it is done: whom it touches, and how many
messages leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.domain.refusal import Refusal
from courses.models import CourseRun
from enrollments.domain.drawing.entry_list import (
    entry_list,
    pool_key,
    read_record,
    state_drawn,
)
from enrollments.domain.drawing.freezing import require_freezable
from enrollments.domain.drawing.frozen_lists import next_round
from enrollments.domain.drawing.rule import Drawn, Entry, all_fit
from enrollments.domain.drawing.standing import pool_words
from enrollments.enums import DrawOutcome, DrawState
from enrollments.models import Draw


@dataclass(frozen=True)
class PoolDemand:
    """How many want how many places; `seats` none: no number is set."""

    label: str
    applications: int
    wanted: int
    seats: int | None


@dataclass(frozen=True)
class Told:
    """Who is told at the announcement, and by which way; `silent` are told nothing."""

    won: int
    waiting: int
    lost: int
    by_mail: int
    by_hand: int
    silent: int


def demand(run: CourseRun) -> tuple[list[PoolDemand], bool]:
    """Of the frozen list, else of the applications as they are now; and whether all fit."""
    frozen = run.draws.filter(state__in=(DrawState.FROZEN, DrawState.HELD)).first()
    if frozen is not None:
        entries, seats, _waits = read_record(frozen.record)
    else:
        listed = entry_list(run, round_number=next_round(run))
        entries, seats = listed.entries, listed.seats
    labels = {
        pool_key(pool): pool_words(pool) for pool in run.pools.select_related("session")
    }
    lines = [_line(labels[key], key, entries, seats[key]) for key in sorted(seats)]
    return lines, all_fit(entries, seats)


def _line(label: str, key: str, entries: Iterable[Entry], seats: int | None) -> PoolDemand:
    sizes = [entry.seats for entry in entries if entry.pool == key]
    return PoolDemand(label, len(sizes), sum(sizes), seats)


def why_not_freeze(run: CourseRun, *, at: datetime) -> Refusal | None:
    try:
        require_freezable(run, at=at)
    except Refusal as refusal:
        return refusal
    return None


def to_be_told(draw: Draw, run: CourseRun) -> Told:
    """Once the draw is held. Those who left meanwhile are told nothing more."""
    entries = draw.entries.exclude(outcome="").filter(
        application__state=state_drawn(draw.round)
    )
    told = Q()
    if draw.round:
        told = Q(outcome=DrawOutcome.WON)
    elif not run.tells_losers:
        told = ~Q(outcome=DrawOutcome.LOST)
    outcomes = Counter(entries.values_list("outcome", flat=True))
    by_mail = entries.filter(told).exclude(application__email="").count()
    by_hand = entries.filter(told, application__email="").count()
    return Told(
        won=outcomes[DrawOutcome.WON],
        waiting=outcomes[DrawOutcome.WAITING],
        lost=outcomes[DrawOutcome.LOST],
        by_mail=by_mail,
        by_hand=by_hand,
        silent=sum(outcomes.values()) - by_mail - by_hand,
    )


def counts_of(drawn: Iterable[Drawn]) -> list[tuple[str, int]]:
    """Of a trial: how many win, wait and lose."""
    found = Counter(one.outcome for one in drawn)
    return [
        (str(DrawOutcome(outcome).label), found[outcome])
        for outcome in DrawOutcome.values
        if found[outcome]
    ]
