"""PostgreSQL's own tools: a consistent dump, put back in one transaction."""

import os
import subprocess
from pathlib import Path

from django.db import connection

from cms.backups.refusals import NO_TOOL, TOOL_FAILED, BackupRefused

PLAIN = ("--no-owner", "--no-privileges")
# As Django and as libpq call what leads to a database.
NAMES = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "passfile": "PGPASSFILE",
    "password": "PGPASSWORD",
    "port": "PGPORT",
    "service": "PGSERVICE",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "user": "PGUSER",
}
# What stands in the site's schema goes; the schema itself may belong to somebody else.
EMPTIED = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT c.oid::regclass::text AS name FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
  LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT c.oid::regclass::text AS name FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S'
  LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
      SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', one.name); END LOOP;
END $$;
"""


def save(path: Path) -> None:
    _run("pg_dump", "--format=custom", *PLAIN, f"--file={path}")


def load(path: Path) -> None:
    """The dump becomes one script, so that one transaction also empties what was there."""
    emptied, script = path.with_suffix(".emptied.sql"), path.with_suffix(".sql")
    emptied.write_text(EMPTIED)
    _run("pg_restore", *PLAIN, f"--file={script}", str(path))
    connection.close()
    _run(
        "psql",
        *("--no-psqlrc", "--quiet", "--output=/dev/null"),
        *("--single-transaction", "--set=ON_ERROR_STOP=1"),
        *(f"--file={emptied}", f"--file={script}"),
    )


def _run(tool: str, *options: str) -> None:
    try:
        subprocess.run(  # noqa: S603
            [tool, *options], env=_environment(), check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise BackupRefused(NO_TOOL.format(tool=tool)) from error
    except subprocess.CalledProcessError as error:
        said = "\n".join(error.stderr.splitlines()[-5:])
        raise BackupRefused(TOOL_FAILED.format(tool=tool, said=said)) from error


def _environment() -> dict[str, str]:
    """Where the site's database is. A command line, and a password on it, can be read by
    others on the machine."""
    known = connection.get_connection_params()
    told = {name: known[key] for key, name in NAMES.items() if known.get(key)}
    return os.environ | {name: str(value) for name, value in told.items()}
