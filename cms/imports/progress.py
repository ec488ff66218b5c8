"""How far a list has been applied: it is one transaction, so nobody sees its rows before
its end. The number goes through the cache that all processes share, and nothing depends
on it."""

from django.core.cache import cache

from cms.models import ImportUpload

FOR = 60 * 60


def _key(upload: ImportUpload) -> str:
    return f"import-progress:{upload.pk}"


def say(upload: ImportUpload, done: int) -> None:
    cache.set(_key(upload), done, FOR)


def done_of(upload: ImportUpload) -> int:
    """Rows handled, at most all; as kept with the upload where nothing newer is known."""
    said = cache.get(_key(upload))
    return min(upload.total, said if isinstance(said, int) else upload.done)


def forget(upload: ImportUpload) -> None:
    cache.delete(_key(upload))
