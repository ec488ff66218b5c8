from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's driver"),
]


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-12-05 10:00:00+09", datetime(2026, 12, 5, 1, 0, tzinfo=UTC)),
        ("2026-12-05 10:00:00.5+00", datetime(2026, 12, 5, 10, 0, 0, 500000, tzinfo=UTC)),
        ("2026-12-05 10:00:00.012345Z", datetime(2026, 12, 5, 10, 0, 0, 12345, tzinfo=UTC)),
        ("0987-01-02 03:04:05+00", datetime(987, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_it_was_written(said, moment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [said])
        found = cursor.fetchone()[0]
    assert found == moment
    assert found.tzinfo is UTC


def test_each_connection_reads_quickly():
    with connection.cursor() as cursor:
        loader = cursor.adapters.get_loader(1184, 0)
    assert loader.__name__ == "QuickLoader"


def test_what_no_datetime_can_say_is_refused_by_the_driver():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError, match="after year 10K"):
            cursor.fetchone()
