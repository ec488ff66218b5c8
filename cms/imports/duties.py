"""What the worker does for imports: one step of one of them at a time."""

import logging
from datetime import datetime

from django.db import OperationalError

from cms.enums import ImportState
from cms.imports.applying import apply_upload
from cms.imports.planning import plan_upload
from cms.imports.stopping import stop
from cms.imports.undoing import undo_upload
from cms.models import ImportRow, ImportUpload

logger = logging.getLogger("manabiba.imports")
STEPS = {
    ImportState.PLANNING: plan_upload,
    ImportState.APPLYING: apply_upload,
    ImportState.UNDOING: undo_upload,
}
# So much is done while somebody waits for the page; the rest is the worker's.
AT_ONCE_PLANNED = 1000
AT_ONCE_APPLIED = 100


def take_up(*, at: datetime) -> int:
    """Whatever waits, the oldest first; returns how many steps were done. Those of a
    worker that died are found here as well."""
    waiting = ImportUpload.objects.filter(state__in=STEPS).order_by("uploaded_at", "pk")
    found = waiting.values_list("pk", "state")
    return sum(_step(pk, ImportState(state), at=at) for pk, state in found)


def _step(pk: int, state: ImportState, *, at: datetime) -> bool:
    """Whether it was done. What nobody foresaw ends this import and not the worker: the
    same list would end it again and again, and no mail would leave.

    Raises: OperationalError, the database is away or busy: somebody tries again.
    """
    try:
        return STEPS[state](pk, at=at)
    except OperationalError:
        raise
    except Exception:
        logger.exception("import %s stopped while %s", pk, state)
        stop(pk, state)
        return True


def step_now(upload: ImportUpload, *, at: datetime) -> None:
    """A small one is done before the page is answered; nobody waits for a worker."""
    planning = upload.state == ImportState.PLANNING
    if upload.total > (AT_ONCE_PLANNED if planning else AT_ONCE_APPLIED):
        return
    for _turn in range(2):  # what could not be applied is planned anew
        state = ImportState(upload.state)
        if state not in STEPS:
            return
        try:
            _step(upload.pk, state, at=at)
        except OperationalError:
            logger.warning("import %s is left to the worker", upload.pk, exc_info=True)
            return
        upload.refresh_from_db(fields=["state"])


def forget_expired_imports(*, at: datetime) -> int:
    """Files that nobody decided about; of what was applied the rows, which undoing and
    the refused lines needed. That it was applied stays known."""
    over = ImportUpload.objects.filter(expires_at__lte=at).exclude(state__in=STEPS)
    rows = ImportRow.objects.filter(upload__in=over.filter(applied_at__isnull=False))
    return rows.delete()[0] + over.filter(applied_at=None).delete()[0]
