"""The rows of one module, measured in a process of their own."""

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

import django


def rows_of(module: str) -> dict[str, Any]:
    """A child's peak counts what its parent held when it was born: here that is little."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", __name__, module], check=True, capture_output=True
    )
    rows: dict[str, Any] = json.loads(done.stdout)
    return rows


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(import_module(sys.argv[1]).rows()))
