"""Holding: the seed comes from secret, public value and list; the result is written down
once and told to nobody before it is announced."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.canonical import canonical, seed_of
from enrollments.domain.drawing.entry_list import read_record, state_drawn
from enrollments.domain.drawing.rule import WITHDRAWN, Drawn, draw
from enrollments.enums import DrawState
from enrollments.models import Draw, DrawEntry

SET_RANK = (
    f"UPDATE {DrawEntry._meta.db_table} SET rank = %s, outcome = %s, line = %s"  # noqa: S608
    " WHERE id = %s"
)
TOLD_TO_NOBODY = frozenset({WITHDRAWN})


def hold(*, draw: Draw, public_value: str, by: User | None, at: datetime) -> Draw:
    """Once, from the day on which the public value is known.

    `by` none: the operator, by command.
    Raises: NotAllowed, ValueMissing, ValueNotKnownYet, AlreadyHeld, NotFrozen.
    """
    value = tidy_text(public_value)
    if not value:
        raise refusals.ValueMissing
    with transaction.atomic():
        run = lock_run(draw.run_id)
        if by is not None:
            require_section(by, run.course.department)
        fresh = Draw.objects.get(pk=draw.pk)
        _require_holdable(fresh, at)
        gone = withdrawn_from(fresh)
        seed = seed_of(
            secret=fresh.secret, public_value=value, fingerprint=fresh.fingerprint
        )
        drawn = draw_from_record(fresh.record, seed=seed, withdrawn=gone)
        fresh.state, fresh.public_value = DrawState.HELD, value
        fresh.held_at, fresh.held_by = at, by
        fresh.result = result_of(drawn, withdrawn=gone, seed=seed, at=at)
        fresh.save(update_fields=["state", "public_value", "held_at", "held_by", "result"])
        write_ranks(fresh, drawn)
    return fresh


def _require_holdable(draw: Draw, at: datetime) -> None:
    if draw.state == DrawState.TAKEN_BACK:
        raise refusals.NotFrozen
    if draw.state != DrawState.FROZEN:
        raise refusals.AlreadyHeld
    if at.astimezone(TOKYO).date() < draw.source_on:
        raise refusals.ValueNotKnownYet


def withdrawn_from(draw: Draw) -> list[str]:
    """Who is on the list and no longer in the running."""
    gone = draw.entries.exclude(application__state=state_drawn(draw.round))
    return sorted(gone.values_list("number", flat=True))


def draw_from_record(
    record: str, *, seed: bytes, withdrawn: Collection[str]
) -> list[Drawn]:
    entries, seats, waiting_list = read_record(record)
    return draw(
        entries, seats=seats, seed=seed, withdrawn=withdrawn, waiting_list=waiting_list
    )


def result_of(
    drawn: Sequence[Drawn], *, withdrawn: Sequence[str], seed: bytes, at: datetime
) -> str:
    """Canonical JSON: what is published when the result is told. An empty seed: all fit,
    nobody was drawn."""
    return canonical(
        {
            "held_at": at.astimezone(TOKYO).isoformat(timespec="seconds"),
            "seed": seed.hex(),
            "withdrawn": list(withdrawn),
            "entries": [
                {
                    "number": one.entry.number,
                    "pool": one.entry.pool,
                    "rank": one.rank,
                    "outcome": one.outcome,
                    "line": one.line,
                }
                for one in drawn
            ],
        }
    )


def write_ranks(draw: Draw, drawn: Sequence[Drawn]) -> None:
    """The result beside each application, for the pages that show one."""
    results = {one.entry.number: one for one in drawn}
    rows = []
    for pk, number in draw.entries.values_list("pk", "number").iterator():
        one = results[number]
        outcome = "" if one.outcome in TOLD_TO_NOBODY else one.outcome
        rows.append((one.rank, outcome, one.line, pk))
    # A tenth of what `bulk_update` takes for ten thousand, while the run is locked.
    with connection.cursor() as cursor:
        cursor.executemany(SET_RANK, rows)
