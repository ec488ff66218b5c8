"""Rows of the test database, kept and put back: what migrations seed, and what building
the same small site once more would make.

A transactional test ends by emptying every table, seeded stages and the root page
included. Django's own remedy (`serialized_rollback`) fails here: emptying makes the
content types anew under other numbers, and the old ones then clash with them.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Site

from accounts import guarding

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
            rows[table] = (columns, cursor.fetchall())
    return rows


def put_back(rows: Rows) -> None:
    """Make the tables hold exactly these rows."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        guarding.lift()
        replace(rows)
        guarding.lay_down()
    ContentType.objects.clear_cache()


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
