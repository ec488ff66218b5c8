"""What was applied is taken back whole, while nothing has been built on it; otherwise
nothing is, and each line says what stands in the way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from cms.enums import ImportState
from cms.imports import progress
from cms.imports.applying import find_by_new_names
from cms.imports.holding import hold
from cms.imports.kinds import may_bring, resource_for
from cms.imports.planning import batches_of
from cms.imports.refusals import AlreadyBeyond, ImportGone, StandsInTheWay
from cms.models import ImportUpload
from courses.exchange.plans.resource import PlanResource

MOST_SHOWN = 50


def ask_to_undo(*, key: UUID, by: User, at: datetime) -> ImportUpload:
    """Asked twice it is done once. Raises: ImportGone, NotAllowed, AlreadyBeyond."""
    with transaction.atomic():
        found = ImportUpload.objects.select_for_update(of=("self",)).of(by)
        upload = found.filter(key=key).first()
        if upload is None:
            raise ImportGone
        if not may_bring(by, upload):
            raise NotAllowed
        if upload.state in (ImportState.UNDOING, ImportState.UNDONE):
            return upload
        if upload.state != ImportState.APPLIED or upload.expires_at <= at:
            raise AlreadyBeyond
        upload.state, upload.undone_by, upload.failure = ImportState.UNDOING, by, ""
        upload.blocked = {}
        upload.save(update_fields=["state", "undone_by", "failure", "blocked"])
    return upload


def undo_upload(upload_pk: int, *, at: datetime) -> bool:
    """Whether this call did the work, or found that it cannot be done."""
    try:
        with transaction.atomic():
            upload = hold(upload_pk, ImportState.UNDOING, asked_by="undone_by")
            if upload is None:
                return False
            _undo(upload, at)
    except StandsInTheWay as why:
        _stay_applied(upload_pk, str(why), why.obstacles)
    except Refusal as why:
        _stay_applied(upload_pk, str(why), [])
    return True


def _undo(upload: ImportUpload, at: datetime) -> None:
    if upload.undone_by is None or not may_bring(upload.undone_by, upload):
        raise NotAllowed
    told = upload.tells_people
    resource = resource_for(upload, by=upload.undone_by, at=at, tells=told)
    resource.begin(lock=True)
    obstacles: list[tuple[int, str]] = []
    rows = upload.rows.exclude(made=[]).order_by("-line")
    done = 0
    for some in batches_of(rows.iterator(chunk_size=500)):
        resource.prepare_undo([made for row in some for made in row.made])
        for row in some:
            obstacles += _undo_row(resource, row.line, row.made)
        if not obstacles:
            resource.settle()
        done += len(some)
        progress.say(upload, done)
    if obstacles:
        raise StandsInTheWay(sorted(obstacles))
    resource.finish()
    find_by_new_names(resource)
    upload.state, upload.undone_at = ImportState.UNDONE, at
    upload.save(update_fields=["state", "undone_at"])
    progress.forget(upload)


def _undo_row(
    resource: PlanResource, line: int, made: list[dict[str, object]]
) -> list[tuple[int, str]]:
    """In its own savepoint, so that one obstacle does not hide the next."""
    try:
        with transaction.atomic():
            for one in reversed(made):
                resource.undo(one)
    except Refusal as why:
        return [(line, str(why))]
    return []


def _stay_applied(upload_pk: int, sentence: str, obstacles: list[tuple[int, str]]) -> None:
    shown = {str(line): words for line, words in obstacles[:MOST_SHOWN]}
    ImportUpload.objects.filter(pk=upload_pk, state=ImportState.UNDOING).update(
        state=ImportState.APPLIED, undone_by=None, failure=sentence, blocked=shown
    )
