"""The demo city for tests that read a lot of it: built once, for all workers and runs, as
long as nothing changes that it is made from."""

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from accounts.guarding import lifted
from cms.demo.city import build_city
from courses.domain.fiscal_year import TOKYO
from tests import kept_database, seeds
from tests.rebuilding import Built, is_as_before, watched

TODAY = datetime(2026, 11, 21, tzinfo=TOKYO)
CONTENT_TYPES = "django_content_type"
COUNT_ON = """
SELECT setval(series, GREATEST(nextval(series), %s))
  FROM CAST(pg_get_serial_sequence(%s, 'id') AS regclass) AS series
 WHERE series IS NOT NULL
"""


class City(NamedTuple):
    built: Built
    media: dict[str, bytes]


@contextmanager
def settled_city(media: Path) -> Iterator[None]:
    """The city as it stands on the morning of `TODAY`, gone again afterwards."""
    with override_settings(MEDIA_ROOT=media), transaction.atomic():
        _settle()
        if connection.vendor == "postgresql":
            _tell_how_full_it_is()
        yield
        transaction.set_rollback(True)


def _settle() -> None:
    file = kept_database.FOLDER / f"{_fingerprint()}.city"
    with kept_database.alone(file.name):
        city = _kept(file)
        if city is None:
            kept_database.remove_old("*.city")
            built = watched(lambda: build_city(at=TODAY), reads=[CONTENT_TYPES])
            kept_database.write(file, pickle.dumps(City(built, _media())))
    if city is not None:
        _put_up(city)


def _kept(file: Path) -> City | None:
    """None, too, where it was built on rows that a database migrated anew does not have."""
    if not file.exists():
        return None
    city: City = pickle.loads(file.read_bytes())  # noqa: S301 (our own, just above)
    return city if is_as_before(city.built) else None


def _media() -> dict[str, bytes]:
    folder = Path(settings.MEDIA_ROOT)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _put_up(city: City) -> None:
    with lifted():
        seeds.replace(city.built.after)
    if connection.vendor == "postgresql":
        _count_on_from(city.built.after)
    for name, content in city.media.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _count_on_from(rows: seeds.Rows) -> None:
    """PostgreSQL does not count on from rows that come with their numbers. Never back:
    what was kept of others has numbers, too."""
    with connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            at = columns.index("id") if "id" in columns else None
            if at is not None and values and isinstance(values[0][at], int):
                cursor.execute(COUNT_ON, [max(row[at] for row in values), table])


def _tell_how_full_it_is() -> None:
    """Filled within a transaction, PostgreSQL knows nothing of how full its tables are:
    without figures some questions take it seconds instead of milliseconds."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fingerprint() -> str:
    """Of all that the site is made of, its content and libraries, and of the day: some
    rows tell when they were written."""
    found = hashlib.sha256(f"{connection.vendor} {TODAY} {date.today()}".encode())
    found.update(kept_database.fingerprint().encode())
    for folder in ("accounts", "courses", "enrollments", "learning_paths", "cms"):
        for path in sorted((kept_database.PROJECT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(str(path.relative_to(kept_database.PROJECT)).encode())
                found.update(path.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:20]
