"""Uploaded files, wherever they are kept: a folder, or an object storage."""

from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage


def stored(folder: str = "") -> Iterator[str]:
    """The names of all uploads, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nobody has uploaded anything yet
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from stored(f"{folder}{name}/")


def put_back(name: str, file: IO[bytes]) -> None:
    """Under the very name that the database knows."""
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, File(file))


def remove_others(kept: set[str]) -> None:
    for name in list(stored()):
        if name not in kept:
            default_storage.delete(name)
