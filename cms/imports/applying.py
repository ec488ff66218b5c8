"""A list is applied whole or not at all, as it was seen, and once.

The row of the upload is locked until the end: a second worker or officer finds it applied
or takes up the work of one who died, as with the dead one nothing was left behind.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from cms.enums import ImportState
from cms.imports import progress
from cms.imports.holding import hold
from cms.imports.kinds import may_bring, resource_for
from cms.imports.planning import batches_of, plan_row, read_cells
from cms.imports.refusals import AlreadyBeyond, ImportGone, LineRefused, PlanHasChanged
from cms.models import ImportRow, ImportUpload
from cms.models.imports import ImportUploadQuerySet
from cms.search.reindex import reindex_courses_naming
from courses.enums import RowOutcome
from courses.exchange.plans.resource import NothingToDo, PlanResource, RowRefused
from courses.exchange.plans.row import RowPlan

logger = logging.getLogger("manabiba.imports")
DOES = (RowOutcome.NEW, RowOutcome.CHANGED)
# After this the rows are forgotten, and nothing can be undone any more.
UNDOABLE_FOR = timedelta(days=30)


def agree(
    *, key: UUID, seen: str, tells_people: bool, by: User, at: datetime
) -> ImportUpload:
    """Somebody looked at the plan with the mark `seen` and wants it done. Sent twice, or
    by two officers, it is wanted once.

    Raises: ImportGone, NotAllowed, NothingToDo, PlanHasChanged, AlreadyBeyond.
    """
    with transaction.atomic():
        upload = _locked(by).filter(key=key).first()
        if upload is None:
            raise ImportGone
        if not may_bring(by, upload):
            raise NotAllowed
        if upload.state in (ImportState.APPLYING, ImportState.APPLIED):
            return upload
        if upload.state != ImportState.PLANNED:
            raise AlreadyBeyond
        if upload.expires_at <= at:
            raise ImportGone
        if upload.mark != seen:
            raise PlanHasChanged
        if not any(upload.counts.get(outcome) for outcome in DOES):
            raise NothingToDo
        upload.state, upload.applied_by = ImportState.APPLYING, by
        upload.tells_people, upload.failure = tells_people, ""
        upload.save(update_fields=["state", "applied_by", "tells_people", "failure"])
    return upload


def apply_upload(upload_pk: int, *, at: datetime) -> bool:
    """Whether this call did the work, or found that it cannot be done."""
    try:
        with transaction.atomic():
            upload = hold(upload_pk, ImportState.APPLYING, asked_by="applied_by")
            if upload is None:
                return False
            _apply(upload, at)
    except LineRefused as why:
        _plan_anew(upload_pk, str(why), {str(why.line): str(why.why)})
    except Refusal as why:
        _plan_anew(upload_pk, str(why), {})
    except IntegrityError:
        logger.warning("import %s met another change", upload_pk, exc_info=True)
        _plan_anew(upload_pk, str(PlanHasChanged.sentence), {})
    return True


def _apply(upload: ImportUpload, at: datetime) -> None:
    if upload.applied_by is None or not may_bring(upload.applied_by, upload):
        raise NotAllowed
    tells = upload.tells_people
    resource = resource_for(upload, by=upload.applied_by, at=at, tells=tells)
    resource.begin(lock=True)
    rows = upload.rows.exclude(outcome=RowOutcome.REFUSED).order_by("line")
    done = 0
    for some in batches_of(rows.iterator(chunk_size=500)):
        _apply_rows(upload, resource, some)
        done += len(some)
        progress.say(upload, done)
    resource.finish()
    find_by_new_names(resource)
    upload.state, upload.applied_at, upload.content = ImportState.APPLIED, at, None
    upload.expires_at, upload.done = at + UNDOABLE_FOR, upload.total
    upload.save(update_fields=["state", "applied_at", "content", "expires_at", "done"])
    progress.forget(upload)


def find_by_new_names(resource: PlanResource) -> None:
    """The search hears of what was renamed."""
    for part in resource.touched:
        reindex_courses_naming(part)


def _apply_rows(
    upload: ImportUpload, resource: PlanResource, some: Sequence[ImportRow]
) -> None:
    """Raises: LineRefused, PlanHasChanged, and what `settle` raises."""
    read = [read_cells(upload, resource, row.line, row.cells) for row in some]
    resource.prepare(read)
    changed = []
    for row, one in zip(some, read, strict=True):
        plan = plan_row(resource, one, {})
        _require_as_seen(row, plan)
        if plan.act is not None:
            try:
                row.made = plan.act()
            except Refusal as why:
                raise LineRefused(row.line, why) from why
            changed.append(row)
    try:
        resource.settle()
    except RowRefused as refused:
        raise LineRefused(refused.line, refused.why) from refused
    ImportRow.objects.bulk_update(changed, ["made"], batch_size=100)


def _require_as_seen(row: ImportRow, plan: RowPlan) -> None:
    if plan.outcome == RowOutcome.REFUSED:
        raise LineRefused(row.line, Refusal(plan.reason))
    if plan.outcome != row.outcome or plan.changes != row.changes:
        raise PlanHasChanged


def _plan_anew(upload_pk: int, sentence: str, blocked: dict[str, str]) -> None:
    """Nothing was applied. What a rule refused is refused in the new plan, too."""
    with transaction.atomic():
        upload = ImportUpload.objects.select_for_update(of=("self",)).get(pk=upload_pk)
        if upload.state != ImportState.APPLYING:
            return
        upload.state, upload.failure = ImportState.PLANNING, sentence
        upload.blocked = {**upload.blocked, **blocked}
        upload.claim = upload.claimed_at = None
        upload.done = 0
        upload.save(
            update_fields=["state", "failure", "blocked", "claim", "claimed_at", "done"]
        )
    progress.forget(upload)


def _locked(by: User) -> ImportUploadQuerySet:
    return ImportUpload.objects.select_for_update(of=("self",)).of(by)
