"""What takes the locks away, for the control of a race."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

PATIENCE = 2


@contextmanager
def unguarded(*, look: str, callers: int = 2) -> Iterator[None]:
    """No row is locked any more, and so many callers have looked, with the function of
    this name, before any of them acts."""
    module, _dot, name = look.rpartition(".")
    honest = getattr(import_module(module), name)
    looked = threading.Barrier(callers)

    def look_then_wait(*args: Any, **kwargs: Any) -> Any:
        found = honest(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            looked.wait(PATIENCE)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look, look_then_wait)
        patch.setattr(QuerySet, "select_for_update", lambda rows, *_a, **_how: rows)
        with everybody_begins():
            yield


@contextmanager
def everybody_begins() -> Iterator[None]:
    """On SQLite, transactions no longer wait for each other when they begin, so that two
    may look before one writes; one of them can then not write."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            options = connection.settings_dict["OPTIONS"]
            patch.setitem(options, "transaction_mode", "DEFERRED")
            patch.setitem(options, "timeout", 1)
            connection.close()
        yield
    connection.close()
