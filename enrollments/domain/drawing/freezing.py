"""Freezing: from now on the list, the rule and the source of chance stand, before anybody
can know the seed."""

from datetime import date, datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.enums import RunState, WaitingPolicy
from courses.models import CourseRun
from enrollments.domain.batches import BATCH
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.canonical import commitment_to, fingerprint_of
from enrollments.domain.drawing.entry_list import EntryList, entry_list, record_of
from enrollments.domain.drawing.frozen_lists import UNDER_WAY, freezable_from, next_round
from enrollments.domain.drawing.tiers import BY_LOT
from enrollments.domain.refusals import RunNotHeld
from enrollments.domain.same_names import count_same_names
from enrollments.models import Draw, DrawEntry

SECRET_BYTES = 32
SHORTEST_SOURCE = 4


def freeze(
    *,
    run: CourseRun,
    secret: bytes,
    source: str,
    source_on: date,
    by: User | None,
    at: datetime,
    despite_same_names: bool = False,
) -> Draw:
    """`secret` is 32 random bytes that nobody is shown before the result is told;
    `source` names one public value that becomes known on `source_on`. Readings of several
    applications are ruled on first, or passed over with `despite_same_names`.

    `by` none: the operator, by command. Raises: NotAllowed, RunNotHeld and the refusals
    of `enrollments.domain.drawing.refusals`.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has 32 bytes")
    words = _named(source, source_on, at)
    with transaction.atomic():
        locked = lock_run(run.pk)
        if by is not None:
            require_section(by, locked.course.department)
        number = require_freezable(locked, at=at)
        if not despite_same_names:
            _require_names_ruled_on(locked)
        listed = entry_list(locked, round_number=number)
        _require_something_to_draw(listed, number)
        record = record_of(
            locked,
            listed,
            round_number=number,
            at=at,
            secret=secret,
            source=words,
            source_on=source_on,
        )
        draw = Draw(
            run=locked,
            round=number,
            secret=secret.hex(),
            commitment=commitment_to(secret),
            source=words,
            source_on=source_on,
            frozen_at=at,
            frozen_by=by,
        )
        write_down(draw, listed, record)
    return draw


def _require_names_ruled_on(run: CourseRun) -> None:
    if count_same_names(run_pk=run.pk):
        raise refusals.SameNamesOpen


def _named(source: str, source_on: date, at: datetime) -> str:
    """The source in words. Raises: SourceMissing, SourceNotInFuture."""
    words = tidy_text(source)
    if len(words) < SHORTEST_SOURCE:
        raise refusals.SourceMissing
    if source_on <= at.astimezone(TOKYO).date():
        raise refusals.SourceNotInFuture
    return words


def write_down(draw: Draw, listed: EntryList, record: str) -> None:
    """The entries go in while the record is empty; with the record the list is closed."""
    draw.save(force_insert=True)
    DrawEntry.objects.bulk_create(
        (
            DrawEntry(
                draw=draw,
                application=application,
                pool_id=application.pool_id,
                number=entry.number,
                seats=entry.seats,
                tier=entry.tier,
            )
            for application, entry in zip(listed.applications, listed.entries, strict=True)
        ),
        batch_size=BATCH,
    )
    draw.record, draw.fingerprint = record, fingerprint_of(record)
    draw.save(update_fields=["record", "fingerprint"])


def require_freezable(run: CourseRun, *, at: datetime) -> int:
    """The number of the draw that may be frozen now. Raises as `freeze`."""
    if run.state != RunState.ANNOUNCED:
        raise RunNotHeld
    redraws = run.waiting_policy == WaitingPolicy.REDRAW
    if run.selection_mode not in BY_LOT and not redraws:
        raise refusals.NoDrawHere
    if run.draws.filter(state__in=UNDER_WAY).exists():
        raise refusals.AlreadyFrozen
    number = next_round(run)
    if number and not redraws:
        raise refusals.AlreadyHeld
    if number == 0:
        _require_closed(run, at)
    return number


def _require_closed(run: CourseRun, at: datetime) -> None:
    closes, since = run.applications_close_at, freezable_from(run)
    if closes is None or since is None or at < closes:
        raise refusals.StillOpen
    if at < since:
        raise refusals.PaperStillComing


def _require_something_to_draw(listed: EntryList, number: int) -> None:
    if not listed.entries:
        raise refusals.NobodyToDraw
    if number and not any(left is None or left > 0 for left in listed.seats.values()):
        raise refusals.NoPlacesToDraw
