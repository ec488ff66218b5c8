"""The migrated database of the tests, made once and copied: migrating from nothing
takes longer than most tests, and gives the same until what makes it changes.

On SQLite the copy is kept between runs, in the machine's folder for such things. On
PostgreSQL the workers of one run share it, where the server is thrown away afterwards.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.db import connection

FOLDER = Path(tempfile.gettempdir()) / f"manabiba-test-databases-{os.getuid()}"
PROJECT = Path(__file__).resolve().parent.parent
# What decides how a database looks after `migrate`.
MAKERS = (
    "*/migrations/*.py",
    "*/models/*.py",
    "*/models.py",
    "*/enums.py",
    "*/*guards.py",
    "*/apps.py",
    "accounts/guarding.py",
    "cms/page_cache/watching.py",
    "cms/search/*.py",
    "cms/settings/*.py",
)


def make() -> str:
    """A migrated database of this process's own; returns the name it stands in for."""
    former = str(connection.settings_dict["NAME"])
    with alone(f"{connection.vendor}-{fingerprint()}"):
        if _copy_if_kept():
            name = connection.creation._get_test_db_name()
            settings.DATABASES["default"]["NAME"] = name
            connection.settings_dict["NAME"] = name
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            _keep()
    return former


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Others who make the same thing wait; they find it made."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(file: Path, content: bytes) -> None:
    """Whole, for whoever reads it meanwhile."""
    beside = file.with_suffix(f".{os.getpid()}.new")
    beside.write_bytes(content)
    beside.replace(file)


def remove_old(pattern: str) -> None:
    a_week_ago = time.time() - 7 * 24 * 3600
    for older in FOLDER.glob(pattern):
        if older.stat().st_mtime < a_week_ago:
            older.unlink(missing_ok=True)


def _copy_if_kept() -> bool:
    if connection.vendor == "sqlite":
        if not _file().exists():
            return False
        name = Path(connection.creation._get_test_db_name())
        name.parent.mkdir(parents=True, exist_ok=True)
        for leftover in ("-wal", "-shm"):
            Path(f"{name}{leftover}").unlink(missing_ok=True)
        shutil.copyfile(_file(), name)
        return True
    return _on_thrown_away_server() and _copy_from(_template())


def _keep() -> None:
    connection.close()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        remove_old("*.sqlite3")
        remove_old("*.lock")
        write(_file(), Path(name).read_bytes())
    elif _on_thrown_away_server():
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{_template()}" TEMPLATE "{name}"')


def _on_thrown_away_server() -> bool:
    return bool(os.environ.get("MANABIBA_TEST_SERVER_IS_THROWN_AWAY"))


def _copy_from(template: str) -> bool:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone() is None:
            return False
        name = connection.creation._get_test_db_name()
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return True


def _file() -> Path:
    return FOLDER / f"{fingerprint()}.sqlite3"


def _template() -> str:
    return f"manabiba_template_{fingerprint()}"


def fingerprint() -> str:
    found = hashlib.sha256()
    for pattern in MAKERS:
        for path in sorted(PROJECT.glob(pattern)):
            found.update(str(path.relative_to(PROJECT)).encode())
            found.update(path.read_bytes())
    for package in sorted(f"{d.name} {d.version}" for d in distributions()):
        found.update(package.encode())
    return found.hexdigest()[:20]
