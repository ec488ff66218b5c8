"""Rows of the plain lists, like a section, are changed by plain forms; an app above that
shows them elsewhere puts its own work around each change, in the same transaction."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Model

Around = Callable[[Model, datetime], AbstractContextManager[None]]

_around: list[Around] = []


def register(around: Around) -> None:
    if around not in _around:
        _around.append(around)


@contextmanager
def changing(row: Model, *, at: datetime) -> Iterator[None]:
    """Around saving or deleting the row, which is read before as it is stored."""
    with transaction.atomic(), ExitStack() as stack:
        for around in _around:
            stack.enter_context(around(row, at))
        yield
