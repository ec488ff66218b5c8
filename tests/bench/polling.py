"""Many fetches of one address by a client that costs almost nothing, as it shares the two
cores with what it measures: requests are bytes made beforehand, answers are counted."""

import re
import socket
import threading
import time
from dataclasses import dataclass

import psutil

from tests.bench.server import web_cpu

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
CLIENTS, SECONDS, SUBSCRIBERS = 8, 4.0, 5_000


@dataclass(frozen=True)
class Polled:
    """Answers per second, and what one of them costs the web processes."""

    rate: float
    cpu_ms: float


def request_bytes(path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def etag_of(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(request_bytes(path))
        head = link.recv(65536)
    found = re.search(rb"\r\netag: ([^\r]+)", head, re.IGNORECASE)
    assert found, head[:300]
    return found[1].decode()


def poll(port: int, master: psutil.Process, request: bytes, status: int) -> Polled:
    done = [0] * CLIENTS
    before, begin = web_cpu(master), time.monotonic()
    end = begin + SECONDS

    def client(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as link:
            while time.monotonic() < end:
                link.sendall(request)
                _read(link, b"HTTP/1.1 %d" % status)
                done[number] += 1

    threads = [threading.Thread(target=client, args=[n]) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.monotonic() - begin
    used = web_cpu(master) - before
    return Polled(sum(done) / passed, used * 1000 / max(sum(done), 1))


def _read(link: socket.socket, status: bytes) -> None:
    got = link.recv(65536)
    assert got.startswith(status), got[:200]
    while b"\r\n\r\n" not in got:
        got += link.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(link.recv(65536))


def rows(port: int, master: psutil.Process, public: str, personal: str) -> dict[str, float]:
    """What calendar programs cost, `public` and `personal` being addresses."""
    for _each_process in range(6):
        etag_of(port, public)
    known = etag_of(port, public)
    own = etag_of(port, personal)
    asked = {
        "bare Django view, cheap client": (request_bytes("/bench/django/"), 200),
        "feed of 300 sessions": (request_bytes(public), 200),
        "feed of 300 sessions, 304": (request_bytes(public, If_None_Match=known), 304),
        "personal feed": (request_bytes(personal), 200),
        "personal feed, 304": (request_bytes(personal, If_None_Match=own), 304),
    }
    found: dict[str, float] = {}
    for name, (request, status) in asked.items():
        polled = poll(port, master, request, status)
        found[f"{name}, per s"] = round(polled.rate)
        found[f"{name}, web CPU ms"] = round(polled.cpu_ms, 2)
    hourly = found["personal feed, 304, web CPU ms"] * SUBSCRIBERS / 3_600_000
    found["5,000 personal feeds hourly, share of a core, %"] = round(hourly * 100, 2)
    return found
