"""The site under gunicorn with two workers, as a city would run it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import psutil


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served() -> Iterator[tuple[int, psutil.Process]]:
    """Port and master process."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "cms.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--threads=4",
        "--preload",
        "--no-control-socket",
        "--log-level=error",
    ]
    process = subprocess.Popen(command, env=dict(os.environ))  # noqa: S603
    try:
        _wait(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def web_cpu(master: psutil.Process) -> float:
    """Seconds that the workers have computed until now."""
    times = [child.cpu_times() for child in master.children()]
    return float(sum(one.user + one.system for one in times))


def worker_memory(master: psutil.Process) -> dict[str, float]:
    """Of the largest worker: its own, that with its share of what it shares (the loaded
    site, the search dictionary, which is one file that all map), and all it can see."""
    found = [child.memory_full_info() for child in master.children()]
    memory = {
        "its own": max(one.uss for one in found),
        "with its share": max(one.pss for one in found),
        "resident": max(one.rss for one in found),
        "of all processes together": sum(one.pss for one in found)
        + master.memory_full_info().pss,
    }
    return {
        f"web worker memory, {name}, MB": round(size / 1e6, 1)
        for name, size in memory.items()
    }
