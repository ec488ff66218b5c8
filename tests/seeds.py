"""Rows of the test database, kept and put back: what migrations seed, and what building
the same small site once more would make.

A test that commits is followed by putting the seeded rows back. Django would empty every
table, root page, stages and content types included, and make some anew under other
numbers, which takes longer and leaves the next test another database.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Site

from accounts import guarding
from cms.models import PublicGeneration
from cms.page_cache.watching import begin, generations

# Written by triggers as rows come and go. The generation only rises: at a former number
# pages that a former test kept would be served again.
FOLLOWING = {PublicGeneration._meta.db_table, "modelsearch_indexentry_fts"}
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def take(tables: Iterable[str] | None = None) -> Rows:
    """Every row of these tables, or of all, by table: its columns and values."""
    rows: Rows = {}
    if tables is None:
        tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            rows[table] = (columns, [_as_written(row) for row in cursor.fetchall()])
    return rows


def _as_written(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite makes dates and times of the text that it holds; it takes text only."""
    if connection.vendor != "sqlite":
        return row
    return tuple(str(value) if isinstance(value, date | time) else value for value in row)


def put_back(rows: Rows) -> None:
    """Make the tables hold exactly these rows, and lay down what watches them."""
    changed = {table: rows[table] for table in differing(rows)}
    if changed:
        with connection.constraint_checks_disabled(), transaction.atomic():
            guarding.lift()
            replace(changed)
    if guarding.missing():
        guarding.lay_down()
    if generations() is None:
        begin()
    ContentType.objects.clear_cache()


def differing(rows: Rows) -> list[str]:
    """The tables that do not hold these rows."""
    there = take(rows)
    return [
        table
        for table, (_columns, values) in rows.items()
        if table not in FOLLOWING and _sorted(there[table][1]) != _sorted(values)
    ]


def _sorted(values: list[tuple[Any, ...]]) -> list[str]:
    """PostgreSQL gives rows in no order."""
    return sorted(map(repr, values))


def replace(rows: Rows) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in rows:
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608
        for table, (columns, values) in rows.items():
            names = ", ".join(quote(column) for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})",  # noqa: S608
                values,
            )
    Site.clear_site_root_paths_cache()
