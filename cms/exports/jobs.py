"""A long list is made by the worker, and its file kept for a day for the person who asked
for it, and for nobody else."""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from cms.enums import ExportFormat, ExportState
from cms.exports.kinds import KINDS
from cms.exports.making import Made, Wanted, columns_for, make_file, require_allowed
from cms.exports.scopes import scope_for
from cms.models import ExportJob

logger = logging.getLogger("manabiba.exports")
# So many rows are made while somebody waits for the answer; the rest is the worker's.
AT_ONCE = 5_000
KEPT_FOR = timedelta(days=1)
SILENT_FOR = timedelta(seconds=60)
MISSING_KEPT = 50


def ask_for(*, wanted: Wanted, rows: int, by: User, at: datetime) -> ExportJob:
    """The same asked again while it is being made is one work.

    Raises: ReasonMissing, TooManyToExport.
    """
    require_allowed(wanted, rows)
    scope, columns = wanted.scope, list(wanted.columns)
    asked = {
        "kind": wanted.kind.key,
        "run": scope.run,
        "department": scope.department,
        "fiscal_year": scope.fiscal_year,
        "format": wanted.format,
        "reason": wanted.reason.strip(),
        "replaces_signs": wanted.replaces_signs,
        "asked_by": by,
    }
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # pressed twice at once: in turn
        waiting = ExportJob.objects.filter(
            **asked, state=ExportState.WAITING, expires_at__gt=at
        )
        there = next((one for one in waiting if one.columns == columns), None)
        return there or ExportJob.objects.create(
            **asked, columns=columns, total=rows, asked_at=at, expires_at=at + KEPT_FOR
        )


def decide_about_signs(*, job: ExportJob, replaces: bool) -> None:
    """Replace what CP932 does not have, or take UTF-8. Sent twice it is decided once."""
    asking = ExportJob.objects.filter(pk=job.pk, state=ExportState.ASKING)
    form = ExportFormat.CP932 if replaces else ExportFormat.UTF_8
    asking.update(
        state=ExportState.WAITING, format=form, replaces_signs=replaces, claim=None
    )


def make_due(*, at: datetime) -> int:
    """Whatever waits, the oldest first, also of a worker that died; how many were made."""
    waiting = ExportJob.objects.filter(state=ExportState.WAITING, expires_at__gt=at)
    keys = waiting.order_by("asked_at", "pk").values_list("pk", flat=True)
    return sum(_make(pk, at=at) for pk in list(keys))


def _make(pk: int, *, at: datetime) -> bool:
    token = uuid4()
    free = Q(claim=None) | Q(claimed_at__lt=at - SILENT_FOR)
    mine = ExportJob.objects.filter(free, pk=pk, state=ExportState.WAITING)
    if not mine.update(claim=token, claimed_at=at):
        return False
    job = ExportJob.objects.select_related(
        "asked_by", "department", "run__course__department"
    ).get(pk=pk)
    try:
        made = make_file(
            wanted=wanted_of(job, at=at),
            by=job.asked_by,
            at=at,
            told=lambda done: _still_at_it(job, token, done),
        )
    except Refusal as why:
        _end(job, token, state=ExportState.FAILED, failure=str(why))
        return True
    except OperationalError:
        raise  # the database is away: somebody tries again
    except Exception:
        # Or this one list would end the worker again and again, and no mail would leave.
        logger.exception("export %s could not be made", pk)
        words = _("作成中に問題が起きました。もう一度出力してください。")
        _end(job, token, state=ExportState.FAILED, failure=words)
        return True
    _keep(job, token, made)
    return True


def require_still_allowed(job: ExportJob, *, at: datetime) -> None:
    """The rights of the day on which the file is fetched, not of the day on which it was
    asked for. Raises: NotAllowed for a list of another section by now, or with columns that
    the person no longer sees.
    """
    wanted = wanted_of(job, at=at)
    allowed = {one.name for one in columns_for(wanted.kind, wanted.scope, job.asked_by)}
    if not allowed.issuperset(wanted.columns):
        raise NotAllowed


def wanted_of(job: ExportJob, *, at: datetime) -> Wanted:
    """Raises: NotAllowed where their section or role is another by now."""
    kind, by = KINDS[job.kind], job.asked_by
    if not (by.is_active and kind.may(by)):
        raise NotAllowed
    scope = scope_for(
        kind,
        by,
        at=at,
        run=job.run,
        department=job.department,
        fiscal_year=job.fiscal_year,
    )
    if scope.department != job.department:  # asked for all sections, which they led then
        raise NotAllowed
    form = ExportFormat(job.format)
    return Wanted(kind, scope, job.columns, form, job.reason, job.replaces_signs)


def _keep(job: ExportJob, token: UUID, made: Made) -> None:
    if made.file is None:
        signs = [asdict(one) for one in made.missing[:MISSING_KEPT]]
        _end(job, token, state=ExportState.ASKING, missing=signs)
        return
    with made.file:
        content = made.file.read()
    _end(job, token, state=ExportState.READY, content=content, file_name=made.name)


def _end(job: ExportJob, token: UUID, **columns: object) -> None:
    mine = ExportJob.objects.filter(pk=job.pk, claim=token, state=ExportState.WAITING)
    if not mine.update(claim=None, claimed_at=None, **columns):
        logger.warning("export %s was made by another worker", job.pk)
    cache.delete(_key(job))


def _still_at_it(job: ExportJob, token: UUID, done: int) -> None:
    with transaction.atomic():
        mine = ExportJob.objects.filter(pk=job.pk, claim=token)
        mine.update(claimed_at=timezone.now())
    cache.set(_key(job), done, SILENT_FOR.seconds)


def done_of(job: ExportJob) -> int:
    said = cache.get(_key(job))
    return min(job.total, said) if isinstance(said, int) else 0


def _key(job: ExportJob) -> str:
    return f"export-progress:{job.pk}"


def forget_expired_exports(*, at: datetime) -> int:
    return ExportJob.objects.filter(expires_at__lte=at).delete()[0]
