"""One file with everything: database, uploads, and at its end what it says of itself."""

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from cms.backups.manifest import Manifest, read
from cms.backups.refusals import DAMAGED, UNREADABLE, BackupRefused

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media/"
UNREADABLE_BECAUSE = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)


class _Hashed:
    """A file that is read once, and hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.found = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.found.update(data)
        return data


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.files: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], *, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        hashed = _Hashed(file)
        self.tar.addfile(member, hashed)
        self.files[name] = hashed.found.hexdigest()

    def close(self, manifest: Manifest) -> None:
        written = replace(manifest, files=self.files).written()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(written), 0o600
        self.tar.addfile(member, io.BytesIO(written))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Read by nobody else, and under its name only when it is whole."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        with tarfile.open(partial, "w:gz", format=tarfile.PAX_FORMAT) as tar:
            yield Writer(tar)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Each member's name and content, in the order in which they were written."""
    try:
        with tarfile.open(path, "r|gz") as tar:
            yield (
                (member.name, file)
                for member in tar
                if member.isfile() and (file := tar.extractfile(member)) is not None
            )
    except UNREADABLE_BECAUSE as error:
        raise BackupRefused(UNREADABLE) from error


def checked(path: Path) -> Manifest:
    """What the backup says of itself, once every byte of it has been looked at."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    with members(path) as files:
        for name, file in files:
            if name == MANIFEST:
                manifest = read(file.read())
            else:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    if manifest is None or DATABASE not in manifest.files:
        raise BackupRefused(UNREADABLE)
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise BackupRefused(DAMAGED.format(name=name))
    return manifest
