"""Other sites than the test's own: an empty database, a folder, and commands run there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from cms.page_cache.watching import generation
from enrollments.domain.audit import differences
from tests.concurrency.processes import environment


def manage(*command: str, env: dict[str, str]) -> tuple[int, str]:
    """Exit code, and what was said on both channels."""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command],
        env=env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout + ended.stderr


def here(folder: Path, **more: str) -> dict[str, str]:
    """The environment of the site whose database is the test's."""
    return environment(
        MANABIBA_VAR_DIR=str(folder), MEDIA_OF_TEST=str(folder / "media"), **more
    )


@contextmanager
def empty_site(folder: Path, name: str = "manabiba_elsewhere") -> Iterator[dict[str, str]]:
    """The environment of a site that was never migrated."""
    own = here(folder)
    if connection.vendor == "sqlite":
        yield {**own, "DATABASE_URL": f"sqlite:///{folder / 'other.sqlite3'}"}
        return
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        test_name = str(connection.settings_dict["NAME"])
        yield {**own, "DATABASE_URL": own["DATABASE_URL"].replace(test_name, name)}
    finally:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


SHOWN = """
import json
from tests.cms.backups.elsewhere import shown
print(json.dumps(shown()))
"""


def shown() -> dict[str, Any]:
    """What is looked at of a site: its rows by table, what is wrong with them, and the
    generation of its kept pages."""
    models = apps.get_models(include_auto_created=True)
    return {
        "rows": {one._meta.label: one._base_manager.count() for one in models},
        "wrong": differences(),
        "generation": generation(),
    }


def shown_there(env: dict[str, str]) -> dict[str, Any]:
    status, said = manage("shell", "--no-imports", "-c", SHOWN, env=env)
    assert status == 0, said
    found: dict[str, Any] = json.loads(said)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def mode(path: Path) -> int:
    return os.stat(path).st_mode & 0o777
