"""Holding: the seed comes from secret, public value and list; the result is written down
once and told to nobody before it is announced."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.canonical import canonical, seed_of
from enrollments.domain.drawing.entry_list import entry_list, read_record, state_drawn
from enrollments.domain.drawing.freezing import require_freezable
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
        gone = _withdrawn(fresh)
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


def _withdrawn(draw: Draw) -> list[str]:
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


def try_out(*, run: CourseRun, seed: bytes, at: datetime) -> list[Drawn]:
    """What a draw would look like, with a seed that is thrown away; nothing is written.

    Of the frozen list where there is one, else of the applications as they are now.
    Raises: as `freeze`, but for the deadline.
    """
    frozen = run.draws.filter(state=DrawState.FROZEN).first()
    if frozen is not None:
        return draw_from_record(frozen.record, seed=seed, withdrawn=_withdrawn(frozen))
    number = _round_to_try(run, at)
    listed = entry_list(run, round_number=number)
    if not listed.entries:
        raise refusals.NobodyToDraw
    waiting_list = run.waiting_list or number > 0
    return draw(listed.entries, seats=listed.seats, seed=seed, waiting_list=waiting_list)


def _round_to_try(run: CourseRun, at: datetime) -> int:
    try:
        return require_freezable(run, at=at)
    except (refusals.StillOpen, refusals.PaperStillComing):
        return 0


def entries_told(result: str) -> list[dict[str, object]]:
    """The entries of a published result, by pool and rank."""
    found: list[dict[str, object]] = json.loads(result)["entries"]
    return found
