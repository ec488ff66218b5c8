"""What constraints cannot say, said by triggers: the database refuses it from anybody.

They are laid down after every `migrate` and lifted before it, because SQLite rebuilds
tables by copying and would lose them or stumble over them (ADR 2).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection


class Guard(NamedTuple):
    """`moment` is BEFORE what; the act is refused where the `condition` on OLD and NEW
    holds."""

    name: str
    moment: str
    table: str
    condition: str


GUARDS = (
    Guard(
        "session_with_applications_is_kept",
        "DELETE",
        "courses_session",
        "EXISTS (SELECT 1 FROM enrollments_application a WHERE a.run_id = OLD.run_id)",
    ),
    Guard("session_uid_is_permanent", "UPDATE", "courses_session", "NEW.uid <> OLD.uid"),
    Guard(
        "application_begins_as_received",
        "INSERT",
        "enrollments_application",
        "NEW.state <> 'received'",
    ),
    Guard(
        "application_moves_with_its_trace",
        "UPDATE",
        "enrollments_application",
        "NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM enrollments_transition t"
        " WHERE t.application_id = NEW.id AND t.from_state = OLD.state"
        " AND t.to_state = NEW.state AND t.id = (SELECT MAX(l.id)"
        " FROM enrollments_transition l WHERE l.application_id = NEW.id))",
    ),
    Guard(
        "application_takes_a_pool_of_its_run",
        "INSERT",
        "enrollments_application",
        "NOT EXISTS (SELECT 1 FROM courses_seatpool p"
        " WHERE p.id = NEW.pool_id AND p.run_id = NEW.run_id)",
    ),
    Guard(
        "application_stays_in_its_run",
        "UPDATE",
        "enrollments_application",
        "NOT EXISTS (SELECT 1 FROM courses_seatpool p"
        " WHERE p.id = NEW.pool_id AND p.run_id = NEW.run_id)",
    ),
    Guard(
        "claim_is_in_the_run_of_its_application",
        "INSERT",
        "enrollments_personclaim",
        "NOT EXISTS (SELECT 1 FROM enrollments_application a"
        " WHERE a.id = NEW.application_id AND a.run_id = NEW.run_id)",
    ),
    Guard("trace_is_kept", "DELETE", "enrollments_transition", "1 = 1"),
    Guard(
        "trace_is_not_rewritten",
        "UPDATE",
        "enrollments_transition",
        "NEW.application_id <> OLD.application_id OR NEW.from_state <> OLD.from_state"
        " OR NEW.to_state <> OLD.to_state OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
    ),
    Guard(
        "message_not_yet_sent_is_kept",
        "DELETE",
        "enrollments_notification",
        "OLD.state IN ('pending', 'sending')",
    ),
)


def lay_down(**_signal: Any) -> None:
    """Make the triggers, unless their tables are not there yet."""
    tables = {guard.table for guard in GUARDS}
    if not tables <= set(connection.introspection.table_names()):
        return
    lift()
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in _statements(guard):
                cursor.execute(statement)


def lift(**_signal: Any) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            # It changes no triggers of a table whose foreign keys are still to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for guard in GUARDS:
            if guard.table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{_on(guard)}")


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
    return [guard.name for guard in GUARDS if guard.name not in there]


def _on(guard: Guard) -> str:
    return f" ON {guard.table}" if connection.vendor == "postgresql" else ""


def _statements(guard: Guard) -> list[str]:
    if connection.vendor != "postgresql":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table} "
            f"FOR EACH ROW WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
        ]
    row = "OLD" if guard.moment == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {guard.condition} THEN RAISE EXCEPTION '{guard.name}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
