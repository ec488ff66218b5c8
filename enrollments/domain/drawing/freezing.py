"""Freezing: from now on the list, the rule and the source of chance stand, before anybody
can know the seed. A list is taken back only while the public value is unknown."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.changes import record_change
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.enums import ChangeAct, RunState, WaitingPolicy
from courses.models import CourseRun
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.canonical import commitment_to, fingerprint_of
from enrollments.domain.drawing.entry_list import EntryList, entry_list, record_of
from enrollments.domain.drawing.tiers import BY_LOT
from enrollments.domain.refusals import RunNotHeld
from enrollments.enums import DrawState
from enrollments.models import Draw, DrawEntry

SECRET_BYTES = 32
SHORTEST_SOURCE = 4
BATCH = 500
UNDER_WAY = (DrawState.FROZEN, DrawState.HELD)


def standing_draws(run: CourseRun) -> list[Draw]:
    """Those not taken back, in order."""
    return list(run.draws.exclude(state=DrawState.TAKEN_BACK).order_by("round"))


def promotes_by_draw(run: CourseRun) -> bool:
    """Whether a place that comes free waits for a re-draw, so that nobody moves up by
    order. Until the first draw is told nobody moves up either."""
    if run.waiting_policy == WaitingPolicy.REDRAW:
        return True
    return run.draws.filter(state__in=UNDER_WAY).exists()


def waits_for_draw(run: CourseRun) -> bool:
    """Whether a new application goes into the draw. Once the result is told, whoever is
    let in late stands behind those who were drawn, as in any run.

    Raises: ListIsFrozen in between.
    """
    if run.selection_mode not in BY_LOT:
        return False
    states = set(run.draws.filter(round=0).values_list("state", flat=True))
    if states & set(UNDER_WAY):
        raise refusals.ListIsFrozen
    return DrawState.ANNOUNCED not in states


def require_capacity_kept(run: CourseRun) -> None:
    """For whoever takes places away. Raises: CapacityIsFrozen."""
    if run.draws.filter(state__in=UNDER_WAY).exists():
        raise refusals.CapacityIsFrozen


def next_round(run: CourseRun) -> int:
    """0 is the draw at the deadline; a run without one only has re-draws."""
    last = run.draws.exclude(state=DrawState.TAKEN_BACK).aggregate(Max("round"))
    if last["round__max"] is None:
        return 0 if run.selection_mode in BY_LOT else 1
    return int(last["round__max"]) + 1


def freezable_from(run: CourseRun) -> datetime | None:
    """After the deadline, and after the last day for paper."""
    closes = run.applications_close_at
    if closes is None or run.paper_deadline is None:
        return closes
    midnight = datetime.combine(run.paper_deadline, time.min, tzinfo=TOKYO)
    return max(closes, midnight + timedelta(days=1))


def freeze(
    *,
    run: CourseRun,
    secret: bytes,
    source: str,
    source_on: date,
    by: User | None,
    at: datetime,
) -> Draw:
    """`secret` is 32 random bytes that nobody is shown before the result is told;
    `source` names one public value that becomes known on `source_on`.

    `by` none: the operator, by command. Raises: NotAllowed, RunNotHeld and the refusals
    of `enrollments.domain.drawing.refusals`.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has 32 bytes")
    words = tidy_text(source)
    if len(words) < SHORTEST_SOURCE:
        raise refusals.SourceMissing
    if source_on <= at.astimezone(TOKYO).date():
        raise refusals.SourceNotInFuture
    with transaction.atomic():
        locked = lock_run(run.pk)
        if by is not None:
            require_section(by, locked.course.department)
        number = require_freezable(locked, at=at)
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


def take_back(*, draw: Draw, why: str, by: User | None, at: datetime) -> Draw:
    """The list was incomplete (a card that had come in time): it may be frozen anew, with
    a new secret. The old list, its fingerprint and the reason stay published.

    Raises: NotAllowed, WhyTakenBack, NotFrozen, TooLateToTakeBack.
    """
    reason = tidy_text(why)
    if not reason:
        raise refusals.WhyTakenBack
    with transaction.atomic():
        run = lock_run(draw.run_id)
        if by is not None:
            require_section(by, run.course.department)
        fresh = Draw.objects.get(pk=draw.pk)
        if fresh.state != DrawState.FROZEN:
            raise refusals.NotFrozen
        if at.astimezone(TOKYO).date() >= fresh.source_on:
            raise refusals.TooLateToTakeBack
        fresh.state, fresh.taken_back_at = DrawState.TAKEN_BACK, at
        fresh.taken_back_by, fresh.taken_back_why = by, reason
        fresh.save(
            update_fields=["state", "taken_back_at", "taken_back_by", "taken_back_why"]
        )
        record_change(
            subject=run,
            act=ChangeAct.CHANGED,
            by=by,
            at=at,
            fields=[["抽選の名簿", fresh.fingerprint, f"固定を取り消し（{reason}）"]],
        )
    return fresh
