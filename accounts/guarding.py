"""What constraints cannot say, said by triggers: the database refuses it from anybody.

Each app states its guards (`courses/guards.py`, `enrollments/guards.py`). They are laid
down after every `migrate` and lifted before it, because SQLite rebuilds tables by
copying and would lose them or stumble over them (ADR 10).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.apps.config import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate


class Guard(NamedTuple):
    """`moment` is BEFORE what; the act is refused where the `condition` on OLD and NEW
    holds. A condition that looks at other rows says in `when` which acts it is about,
    and in `locks` which rows PostgreSQL has to lock, in order, before it looks: two
    transactions would each miss what the other has not committed. SQLite has one writer.
    """

    name: str
    moment: str
    table: str
    condition: str
    when: str = "1 = 1"
    locks: tuple[str, ...] = ()


_KEPT: dict[str, tuple[Guard, ...]] = {}


def keep(guards: Iterable[Guard], *, app: AppConfig) -> None:
    """From now on `migrate` keeps these; called once, when the app is ready."""
    _KEPT[app.label] = tuple(guards)
    pre_migrate.connect(_before_migrate, sender=app, dispatch_uid="guards")
    post_migrate.connect(_after_migrate, sender=app, dispatch_uid="guards")


def all_guards() -> list[Guard]:
    return [guard for guards in _KEPT.values() for guard in guards]


def lay_down() -> None:
    """Make all triggers whose tables are there."""
    for guards in _KEPT.values():
        _lay_down(guards)


def lift() -> None:
    _lift(all_guards())


@contextmanager
def lifted() -> Iterator[None]:
    """While the demo city is torn down and built: rows that never were in order."""
    lift()
    yield
    lay_down()


def missing() -> list[str]:
    """Guards that are not in the database, for `audit`."""
    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608
        there = {row[0] for row in cursor.fetchall()}
    return [guard.name for guard in all_guards() if guard.name not in there]


def _before_migrate(sender: AppConfig, **_signal: Any) -> None:
    _lift(_KEPT[sender.label])


def _after_migrate(sender: AppConfig, **_signal: Any) -> None:
    _lay_down(_KEPT[sender.label])


def _lay_down(guards: Iterable[Guard]) -> None:
    wanted = list(guards)
    if not {guard.table for guard in wanted} <= set(connection.introspection.table_names()):
        return
    _lift(wanted)
    with connection.cursor() as cursor:
        for guard in wanted:
            for statement in _statements(guard):
                cursor.execute(statement)


def _lift(guards: Iterable[Guard]) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            # It changes no triggers of a table whose foreign keys are still to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for guard in guards:
            if guard.table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{_on(guard)}")


def _on(guard: Guard) -> str:
    return f" ON {guard.table}" if connection.vendor == "postgresql" else ""


def _statements(guard: Guard) -> list[str]:
    if connection.vendor != "postgresql":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table} "
            f"FOR EACH ROW WHEN ({guard.when}) AND ({guard.condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
        ]
    row = "OLD" if guard.moment == "DELETE" else "NEW"
    # Each statement of a VOLATILE function sees what was committed before it began, so
    # the condition is asked anew once the locks are had.
    locks = "".join(f"PERFORM 1 FROM {lock} FOR NO KEY UPDATE; " for lock in guard.locks)
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {guard.when} THEN {locks}IF {guard.condition} THEN RAISE EXCEPTION "
        f"'{guard.name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; END IF; "
        f"RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
