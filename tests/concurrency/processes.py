"""Real servers and workers on the test's database, to be killed in the middle of work."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def environment(**more: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.concurrency.real_settings",
        "DATABASE_URL": _database(),
        **more,
    }


def _database() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    who = f"{quote(found['USER'])}:{quote(found['PASSWORD'] or '')}"
    host = quote(found["HOST"] or "", safe="")
    port = f":{found['PORT']}" if found["PORT"] else ""
    query = "&".join(f"{k}={quote(str(v))}" for k, v in _options().items())
    return f"postgres://{who}@{host}{port}/{found['NAME']}" + (f"?{query}" if query else "")


def _options() -> dict[str, object]:
    given = connection.settings_dict.get("OPTIONS", {})
    return {key: given[key] for key in ("host", "port") if key in given}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def web(application: str = "cms.wsgi") -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application),
        *(f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"),
        *("--no-control-socket", "--log-level=critical"),
    ]
    with _running(command, environment()) as process:
        _wait_until_answered(port)
        yield port, process


@contextlib.contextmanager
def worker(smtp_port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "worker", "--pause", "0.1"]
    with _running(command, environment(TEST_SMTP_PORT=str(smtp_port))) as process:
        yield process


@contextlib.contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603
        command, env=env, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_answered(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")
