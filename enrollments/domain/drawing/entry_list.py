"""The list that is frozen, as everybody may see it: receipt number, pool, seats and tier,
never a name."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from courses.domain.fiscal_year import TOKYO
from courses.enums import DrawTier
from courses.models import CourseRun, SeatPool
from enrollments.domain.drawing.canonical import canonical, commitment_to
from enrollments.domain.drawing.rule import Entry
from enrollments.domain.drawing.rule_words import RULE, RULE_WORDS
from enrollments.domain.drawing.tiers import tiers_of
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

RECORD_LANGUAGE = "ja"


@dataclass(frozen=True)
class EntryList:
    """`entries` beside the applications they stand for, in order of receipt."""

    applications: list[Application]
    entries: list[Entry]
    pools: dict[str, SeatPool]

    @property
    def seats(self) -> dict[str, int | None]:
        return {key: pool.seats_left for key, pool in self.pools.items()}


def state_drawn(round_number: int) -> State:
    """Who takes part: those who wait for the draw, later those on the waiting list."""
    return State.WAITING if round_number else State.AWAITING_DRAW


def entry_list(run: CourseRun, *, round_number: int) -> EntryList:
    """As it stands now; the caller holds the run's lock where it is to be kept."""
    pools = {pool_key(pool): pool for pool in _pools(run)}
    keys = {pool.pk: key for key, pool in pools.items()}
    found = list(
        Application.objects.filter(run=run, state=state_drawn(round_number)).order_by(
            "received_at", "tie"
        )
    )
    tiers = tiers_of(run, found)
    entries = [
        Entry(
            number=application.receipt_number,
            pool=keys[application.pool_id],
            seats=application.seats,
            tier=tiers[application.pk],
        )
        for application in found
    ]
    return EntryList(found, entries, pools)


def _pools(run: CourseRun) -> Iterable[SeatPool]:
    return run.pools.select_related("session").order_by("pk")


def pool_key(pool: SeatPool) -> str:
    """`citizens`, or `2-general` where each session has pools of its own."""
    return f"{pool.session.number}-{pool.kind}" if pool.session else pool.kind


def record_of(
    run: CourseRun,
    listed: EntryList,
    *,
    round_number: int,
    at: datetime,
    secret: bytes = b"",
    source: str = "",
    source_on: date | None = None,
) -> str:
    """Canonical JSON. Without a secret it is the record of a run where all fit."""
    with translation.override(RECORD_LANGUAGE):
        rule_words = [gettext(sentence) for sentence in RULE_WORDS]
    return canonical(
        {
            "rule": RULE,
            "rule_words": rule_words,
            "run": run.code,
            "round": round_number,
            "unit": run.capacity_unit,
            "frozen_at": at.astimezone(TOKYO).isoformat(timespec="seconds"),
            "pools": [
                {"pool": key, "seats": seats} for key, seats in sorted(listed.seats.items())
            ],
            "tiers": [str(DrawTier(value)) for value in run.draw_tiers],
            "waiting_list": run.waiting_list or round_number > 0,
            "entries": [
                {"number": e.number, "pool": e.pool, "seats": e.seats, "tier": e.tier}
                for e in sorted(listed.entries, key=lambda e: (e.number, e.pool))
            ],
            "commitment": commitment_to(secret) if secret else "",
            "source": source,
            "source_on": source_on.isoformat() if source_on else "",
        }
    )


def read_record(record: str) -> tuple[list[Entry], dict[str, int | None], bool]:
    """Entries, places of each pool, and whether those not drawn wait."""
    facts: Mapping[str, Any] = json.loads(record)
    entries = [Entry(**entry) for entry in facts["entries"]]
    seats = {pool["pool"]: pool["seats"] for pool in facts["pools"]}
    return entries, seats, facts["waiting_list"]
