"""A backup is put back whole, after every byte of it was looked at, and no page that was
kept before it is shown again."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from cms.backups import uploads
from cms.backups.archive import DATABASE, MEDIA, checked, members
from cms.backups.making import engine, make_backup
from cms.backups.manifest import Manifest, require_fitting
from cms.backups.refusals import NOT_EMPTY, BackupRefused
from cms.demo import erasing
from cms.models import HomePage
from cms.page_cache import watching
from enrollments.domain.delivery import doubt_unsent


class Restored(NamedTuple):
    """`doubted`: how many messages may have been sent after the backup was made."""

    manifest: Manifest
    doubted: int


def in_use() -> bool:
    """A database that was never migrated has no tables to ask."""
    tables = connection.introspection.table_names()
    return HomePage._meta.db_table in tables and not erasing.is_empty()


def look_at(path: Path) -> Manifest:
    """Refuses what cannot be put back here."""
    manifest = checked(path)
    require_fitting(manifest)
    return manifest


def restore(
    *, path: Path, safety_folder: Path, replace: bool, send_unsent: bool, at: datetime
) -> Restored:
    manifest = look_at(path)
    if in_use():
        if not replace:
            raise BackupRefused(NOT_EMPTY.format(folder=safety_folder))
        make_backup(folder=safety_folder, at=at)
    with tempfile.TemporaryDirectory(prefix="manabiba-restore-") as scratch:
        _put_back(path, Path(scratch) / DATABASE)
    call_command("migrate", verbosity=0)
    cache.clear()
    watching.begin()
    return Restored(manifest, 0 if send_unsent else doubt_unsent(at=at))


def _put_back(path: Path, copy: Path) -> None:
    kept = set()
    with members(path) as files:
        for name, file in files:
            if name == DATABASE:
                with copy.open("wb") as database:
                    shutil.copyfileobj(file, database)
                engine().load(copy)
            elif name.startswith(MEDIA):
                uploads.put_back(name.removeprefix(MEDIA), file)
                kept.add(name.removeprefix(MEDIA))
    uploads.remove_others(kept)
