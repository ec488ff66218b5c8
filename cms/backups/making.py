"""A backup is whole, consistent and read by nobody but its owner, or it is not there."""

import tempfile
from datetime import datetime
from pathlib import Path
from types import ModuleType

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from cms.backups import postgresql, sqlite, uploads
from cms.backups.archive import DATABASE, MEDIA, Writer, writing
from cms.backups.manifest import describe

NAME = "manabiba-{moment:%Y%m%d-%H%M%S}.tar.gz"
OF_ANY_TIME = "manabiba-????????-??????.tar.gz"


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def make_backup(*, folder: Path, at: datetime) -> Path:
    """Database first: every upload that it knows is then there to be copied."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME.format(moment=timezone.localtime(at))
    manifest = describe(at=at)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch:
        copy = Path(scratch) / DATABASE
        engine().save(copy)
        with writing(path) as archive:
            with copy.open("rb") as file:
                archive.add(DATABASE, file, size=copy.stat().st_size)
            _add_uploads(archive)
            archive.close(manifest)
    return path


def _add_uploads(archive: Writer) -> None:
    for name in uploads.stored():
        with default_storage.open(name) as file:
            archive.add(f"{MEDIA}{name}", file, size=file.size)


def forget_older(*, folder: Path, keep: int) -> list[Path]:
    """All but the newest `keep`; files of other names stay."""
    older = sorted(folder.glob(OF_ANY_TIME), reverse=True)[keep:]
    for path in older:
        path.unlink()
    return older
