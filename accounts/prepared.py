"""Statements whose plans PostgreSQL keeps (ADR 45), where a page says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# So often has a connection sent a statement before its plan is kept.
SENT_BEFORE = 3


@contextmanager
def prepared_statements() -> Iterator[None]:
    """For the few pages that everybody asks for in the same minute, also as a decorator.

    Parameters travel apart from the statement, so an expression with a parameter must not
    stand both in what is selected and in its order or grouping: PostgreSQL would not know
    them to be the same. A connection that is opened anew within goes on without plans.
    """
    if connection.vendor != "postgresql" or not settings.PREPARED_STATEMENTS:
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    held = connection.connection
    before, held.cursor_factory = held.cursor_factory, ServerBindingCursor
    held.prepare_threshold = SENT_BEFORE
    try:
        yield
    finally:
        held.cursor_factory = before
