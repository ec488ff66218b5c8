"""Runs with many applications already made: rows copied, not applied for."""

from django.db import connection
from django.db.models import F

from accounts import guarding
from courses.models import SeatPool
from enrollments.models import Application, PersonClaim, PersonKey, Transition
from enrollments.models.querysets import HOLDING

POSTGRESQL = {
    "public_id": "gen_random_uuid()",
    "submission_key": "gen_random_uuid()",
    "received_at": "a.received_at - n.i * interval '1 second'",
}
SQLITE = {
    "public_id": "lower(hex(randomblob(16)))",
    "submission_key": "lower(hex(randomblob(16)))",
    "received_at": "datetime(a.received_at, '-' || n.i || ' seconds')",
}


def copy_application(application: Application, *, times: int) -> None:
    """`times` others of the same run and state, with their claims, keys and first trace;
    the pool counts them."""
    own = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    # Beside those of other runs in the same seconds.
    own = {
        **own,
        "tie": "1000 + a.id %% 30000",
        "email": f"'{application.state}' || n.i || '@example.jp'",
        "consent_id": "NULL",
    }
    columns = [
        field.column for field in Application._meta.concrete_fields if not field.primary_key
    ]
    values = [own.get(column, f"a.{column}") for column in columns]
    with guarding.lifted(), connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "  # noqa: S608 (names of columns)
            f"INSERT INTO enrollments_application ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM enrollments_application a, n "
            "WHERE a.id = %s",
            [times, application.pk],
        )
        copies = f"{application.state}%@example.jp"
        of_run = "FROM enrollments_application WHERE run_id = %s AND email LIKE %s"
        for table, columns_of, made_of in (
            (PersonClaim, "run_id, application_id, key", "run_id, id, 'many' || id"),
            (PersonKey, "application_id, key", "id, 'many' || id"),
            (
                Transition,
                "application_id, from_state, to_state, at, why",
                "id, '', 'received', received_at, ''",
            ),
        ):
            name = table._meta.db_table
            cursor.execute(
                f"INSERT INTO {name} ({columns_of}) SELECT {made_of} {of_run}",
                [application.run_id, copies],
            )
        if application.state in HOLDING:
            pools = SeatPool.objects.filter(pk=application.pool_id)
            pools.update(seats_taken=F("seats_taken") + times)
        cursor.execute("ANALYZE")
