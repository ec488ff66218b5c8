"""A plan is made by one worker, written down as it goes, and never changes anything.

Whoever plans says every few rows that they are alive; a worker that died is succeeded by
another, which begins anew.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.domain.refusal import Refusal
from cms.enums import ImportState
from cms.imports import progress
from cms.imports.kinds import resource_for
from cms.imports.receiving import KEPT_FOR
from cms.models import ImportRow, ImportUpload
from courses.enums import RowOutcome
from courses.exchange.columns.column import Circumstances, Column
from courses.exchange.plans.reading_rows import read_row
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.row import ReadRow, RowPlan, refused
from courses.exchange.tables.table import Reading, TableRow, open_table
from courses.exchange.tables.words import merged_words

logger = logging.getLogger("manabiba.imports")
AT_ONCE = 250
SILENT_FOR = timedelta(seconds=60)


class ClaimLost(Exception):
    """Another worker took this one for dead."""


def claim(upload_pk: int, *, at: datetime) -> UUID | None:
    """To plan it; none while somebody else is at it."""
    token = uuid4()
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - SILENT_FOR)
    waiting = ImportUpload.objects.filter(free, pk=upload_pk, state=ImportState.PLANNING)
    return token if waiting.update(claim=token, claimed_at=at, done=0) else None


def plan_upload(upload_pk: int, *, at: datetime) -> bool:
    """Whether this call made the plan, or found that there can be none."""
    token = claim(upload_pk, at=at)
    if token is None:
        return False
    upload = ImportUpload.objects.select_related("run__course__department").get(
        pk=upload_pk
    )
    try:
        _plan(upload, token, at)
    except ClaimLost:
        logger.warning("import %s was planned by another worker", upload_pk)
        return False
    except Refusal as why:
        _fail(upload, token, str(why))
    progress.forget(upload)
    return True


def _plan(upload: ImportUpload, token: UUID, at: datetime) -> None:
    ImportRow.objects.filter(upload=upload).delete()
    resource = resource_for(upload, by=None, at=at)
    table = open_table(bytes(upload.content), Reading.kept(upload.reading))
    counts: Counter[str] = Counter()
    resource.begin(lock=False)
    rows, done = table.rows(), 0
    while some := list(islice(rows, AT_ONCE)):
        planned = plan_rows(upload, resource, some)
        done += len(some)
        with transaction.atomic():
            _still_mine(upload, token, done=done, total=max(upload.total, done))
            ImportRow.objects.bulk_create(planned)
        counts.update(row.outcome for row in planned)
    _still_mine(
        upload,
        token,
        state=ImportState.PLANNED,
        counts={str(outcome): counts[outcome] for outcome in RowOutcome},
        passed_over=table.passed_over[:100],
        mark=uuid4().hex,
        total=done,
        claim=None,
        claimed_at=None,
        expires_at=at + KEPT_FOR,
    )


def plan_rows(
    upload: ImportUpload, resource: PlanResource, some: Sequence[TableRow]
) -> list[ImportRow]:
    """What these rows would do, one after the other."""
    read = [read_cells(upload, resource, row.line, row.cells) for row in some]
    for row, one in zip(read, some, strict=True):
        if one.merged:
            row.wrong = merged_words(one.merged)
    resource.prepare([row for row in read if not row.wrong])
    return [
        _row(upload, one, plan_row(resource, row, upload.blocked))
        for row, one in zip(read, some, strict=True)
    ]


def plan_row(resource: PlanResource, row: ReadRow, blocked: Mapping[str, str]) -> RowPlan:
    """A refusal is part of the plan."""
    if row.wrong or str(row.line) in blocked:
        return refused(row.wrong or blocked[str(row.line)], label=_label(row))
    try:
        plan = resource.plan(row)
    except (Refusal, ValueError) as why:
        return refused(str(why), label=_label(row))
    plan.notes = (*row.notes, *plan.notes)
    return plan


def read_cells(
    upload: ImportUpload, resource: PlanResource, line: int, cells: Sequence[str]
) -> ReadRow:
    named = {
        name: cells[int(number)] if int(number) < len(cells) else ""
        for number, name in upload.mapping.items()
    }
    columns: Sequence[Column] = resource.columns
    about: Circumstances = resource.circumstances()
    return read_row(line, named, columns, about)


def _label(row: ReadRow) -> str:
    """Who or what an unreadable row is about, as far as it can be told."""
    names = ("full_name", "family_name", "title", "name", "group_name", "email")
    return next((str(row.values[name]) for name in names if row.values.get(name)), "")


def _row(upload: ImportUpload, one: TableRow, plan: RowPlan) -> ImportRow:
    return ImportRow(
        upload=upload,
        line=one.line,
        outcome=plan.outcome,
        label=plan.label[:200],
        reason=plan.reason,
        changes=plan.changes,
        notes=[str(note) for note in plan.notes],
        cells=list(one.cells),
    )


def _still_mine(upload: ImportUpload, token: UUID, **columns: Any) -> None:
    """Raises: ClaimLost."""
    alive = {"claimed_at": timezone.now(), **columns}
    mine = ImportUpload.objects.filter(
        pk=upload.pk, claim=token, state=ImportState.PLANNING
    )
    try:
        if mine.update(**alive) != 1:
            raise ClaimLost
    except IntegrityError as clash:
        raise ClaimLost from clash


def _fail(upload: ImportUpload, token: UUID, sentence: str) -> None:
    mine = ImportUpload.objects.filter(pk=upload.pk, claim=token)
    mine.update(state=ImportState.FAILED, failure=sentence, claim=None, claimed_at=None)


def batches_of(rows: Iterable[ImportRow]) -> Iterable[list[ImportRow]]:
    """A few at a time, so that fifty thousand are never held together."""
    iterator = iter(rows)
    while some := list(islice(iterator, AT_ONCE)):
        yield some
