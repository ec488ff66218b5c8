"""SQLite's own copying: whole and consistent, while others read and write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


def save(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # One file, and not three.
        copy.execute("PRAGMA journal_mode=DELETE")


def load(path: Path) -> None:
    """In one transaction: it is all of the copy or all of what was there."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    connection.close()
