"""The demo city for tests that read a lot of it."""

from datetime import datetime

from django.db import connection

from cms.demo.city import build_city


def settled_city(*, at: datetime) -> None:
    """Built within a transaction, PostgreSQL knows nothing of how full its tables are:
    without figures some questions take it seconds instead of milliseconds."""
    build_city(at=at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
