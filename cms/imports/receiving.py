"""A file is kept as it came, once it is known to be a table; how it is read and which
column is which are found out, and wait to be put right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.domain.refusal import NotAllowed
from accounts.models import Department, User
from cms.enums import ImportKind, ImportState
from cms.imports.kinds import KINDS, columns_of, may_bring
from cms.imports.refusals import (
    AlreadyBeyond,
    ColumnMissing,
    ColumnTwice,
    ImportGone,
    RunMissing,
)
from cms.models import ImportUpload, SavedMapping
from cms.plain_file_name import plain_file_name
from courses.exchange.tables.headings import suggest
from courses.exchange.tables.limits import LARGEST
from courses.exchange.tables.refused import FileEmpty, FileTooLarge
from courses.exchange.tables.table import Reading, find_reading, open_table, with_heading
from courses.models import CourseRun

KEPT_FOR = timedelta(days=7)
# So many rows are read through at once, so that a broken file is refused at once.
TRIED = 1000
BEFORE_PLAN = (ImportState.UPLOADED, ImportState.PLANNED, ImportState.FAILED)


def receive(
    *,
    kind: ImportKind,
    file: UploadedFile,
    key: UUID,
    department: Department | None,
    run: CourseRun | None,
    by: User,
    at: datetime,
) -> ImportUpload:
    """The same form sent twice is one upload.

    Raises: NotAllowed, RunMissing, FileRefused.
    """
    known = ImportUpload.objects.of(by).filter(key=key).first()
    if known is not None:
        return known
    if KINDS[kind].of_run and run is None:
        raise RunMissing
    upload = ImportUpload(
        key=key,
        kind=kind,
        file_name=plain_file_name(file.name or ""),
        department=run.course.department if run else department,
        run=run,
        uploaded_by=by,
        uploaded_at=at,
        expires_at=at + KEPT_FOR,
    )
    if not may_bring(by, upload):
        raise NotAllowed
    if (file.size or 0) > LARGEST:
        raise FileTooLarge
    upload.content = file.read()
    upload.fingerprint = sha256(upload.content).hexdigest()
    _read(upload, find_reading(upload.content, columns_of(upload, at=at)), at=at)
    made, _new = ImportUpload.objects.get_or_create(key=key, defaults=_columns(upload))
    return made


def read_otherwise(
    *, upload: ImportUpload, chosen: Mapping[str, Any], by: User, at: datetime
) -> ImportUpload:
    """Another encoding, separator, sheet or line of the heading, as somebody chose; the
    heading is looked for anew unless its line was said.

    Raises: AlreadyBeyond, ImportGone, FileRefused.
    """
    with transaction.atomic():
        fresh = lock_before_plan(upload, by=by, at=at)
        content, columns = bytes(fresh.content), columns_of(fresh, at=at)
        before = Reading.kept(fresh.reading)
        reading = Reading.kept({**before.stored(), **chosen})
        if reading.heading == before.heading and reading != before:
            reading = with_heading(content, reading, columns)
        fresh.content = content
        _read(fresh, reading, at=at)
        fresh.state, fresh.mark = ImportState.UPLOADED, ""
        fresh.save(update_fields=["reading", "header", "mapping", "total", "state", "mark"])
    return fresh


def map_columns(
    *, upload: ImportUpload, mapping: Mapping[int, str], by: User, at: datetime
) -> ImportUpload:
    """Number of the cell → name of the column; then it is the worker's turn.

    Raises: AlreadyBeyond, ImportGone, ColumnTwice, ColumnMissing.
    """
    by_name = {column.name: column for column in columns_of(upload, at=at)}
    names = [name for name in mapping.values() if name in by_name]
    for name in names:
        if names.count(name) > 1:
            raise ColumnTwice(by_name[name].heading)
    missing = [one.heading for one in by_name.values() if one.required]
    missing = [heading for heading in missing if heading not in _headings(names, by_name)]
    if missing:
        raise ColumnMissing(missing)
    with transaction.atomic():
        fresh = lock_before_plan(upload, by=by, at=at)
        fresh.mapping = {
            str(number): name for number, name in mapping.items() if name in by_name
        }
        fresh.blocked, fresh.failure = {}, ""
        fresh.done, fresh.claim, fresh.claimed_at = 0, None, None
        fresh.state = ImportState.PLANNING
        fresh.save(
            update_fields=[
                *("mapping", "blocked", "failure", "done"),
                *("claim", "claimed_at", "state"),
            ]
        )
    return fresh


def lock_before_plan(upload: ImportUpload, *, by: User, at: datetime) -> ImportUpload:
    """Raises: NotAllowed, ImportGone, AlreadyBeyond once it is being applied."""
    found = ImportUpload.objects.select_for_update(of=("self",)).of(by)
    fresh = found.filter(pk=upload.pk).first()
    if fresh is None or fresh.expires_at <= at:
        raise ImportGone
    if not may_bring(by, fresh):
        raise NotAllowed
    if fresh.state not in BEFORE_PLAN or fresh.content is None:
        raise AlreadyBeyond
    return fresh


def discard(*, upload: ImportUpload, by: User, at: datetime) -> None:
    """The file and its plan are forgotten; what was applied stays.

    Raises: NotAllowed, ImportGone, AlreadyBeyond.
    """
    with transaction.atomic():
        lock_before_plan(upload, by=by, at=at).delete()


def applied_before(upload: ImportUpload) -> ImportUpload | None:
    """The same content that was already taken over, for the same run."""
    others = ImportUpload.objects.filter(
        fingerprint=upload.fingerprint,
        kind=upload.kind,
        run=upload.run_id,
        state=ImportState.APPLIED,
    ).exclude(pk=upload.pk)
    return others.defer("content").order_by("-applied_at").first()


def _read(upload: ImportUpload, reading: Reading, *, at: datetime) -> None:
    """Raises: FileRefused."""
    table = open_table(bytes(upload.content), reading)
    tried = sum(1 for _row in islice(table.rows(), TRIED + 1))
    if not tried:
        raise FileEmpty
    upload.reading, upload.header, upload.total = reading.stored(), table.header, tried
    upload.mapping = {
        str(number): name for number, name in _known_mapping(upload, at=at).items()
    }


def _known_mapping(upload: ImportUpload, *, at: datetime) -> dict[int, str]:
    """As it was saved for the same headings, else by what the headings say."""
    columns = columns_of(upload, at=at)
    names = {column.name for column in columns}
    for saved in saved_mappings(upload):
        if all(heading in upload.header for heading in saved.mapping):
            by_heading = saved.mapping
            return {
                number: by_heading[heading]
                for number, heading in enumerate(upload.header)
                if by_heading.get(heading) in names
            }
    return suggest(upload.header, columns)


def saved_mappings(upload: ImportUpload) -> list[SavedMapping]:
    """The newest first, of the section and of nobody in particular."""
    found = SavedMapping.objects.filter(
        kind=upload.kind, department__in=[upload.department_id]
    ) | SavedMapping.objects.filter(kind=upload.kind, department=None)
    return list(found.order_by("-saved_at", "-pk"))


def save_mapping(*, upload: ImportUpload, name: str, by: User, at: datetime) -> None:
    """Kept by heading, so that columns may stand in another order next time."""
    by_heading = {
        upload.header[int(number)]: column for number, column in upload.mapping.items()
    }
    SavedMapping.objects.update_or_create(
        kind=upload.kind,
        department=upload.department,
        name=name,
        defaults={"mapping": by_heading, "saved_at": at, "saved_by": by},
    )


def _headings(names: list[str], by_name: Mapping[str, Any]) -> set[str]:
    return {by_name[name].heading for name in names}


def _columns(upload: ImportUpload) -> dict[str, Any]:
    names = [field.name for field in ImportUpload._meta.concrete_fields]
    return {name: getattr(upload, name) for name in names if name not in ("id", "key")}
