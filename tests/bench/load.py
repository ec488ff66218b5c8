"""Requests from several clients at once, each keeping its connection."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="submission_key" value="([^"]+)"')


def rate(port: int, path: str, *, clients: int = 4, seconds: float = 3.0) -> float:
    """Answers per second."""
    done = [0] * clients
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            assert response.status == 200, (path, response.status)
            done[number] += 1

    run_together([lambda number=number: client(number) for number in range(clients)])
    return sum(done) / seconds


def run_together(calls: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def apply_once(port: int, code: str, person: str) -> tuple[float, str]:
    """Form, check, send, receipt; returns seconds and what the receipt says."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/apply/{code}/")
    response = connection.getresponse()
    page = response.read().decode()
    cookie = response.headers["Set-Cookie"].split(";")[0]
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    fields = {
        "csrfmiddlewaretoken": TOKEN.search(page)[1],
        "submission_key": KEY.search(page)[1],
        "family_name": "佐藤",
        "given_name": "花子",
        "family_name_kana": "サトウ",
        "given_name_kana": "ハナコ",
        "email": f"{person}@example.jp",
    }
    for step in ("check", "send"):
        body = urlencode({**fields, "step": step})
        connection.request("POST", f"/apply/{code}/", body, headers)
        response = connection.getresponse()
        page = response.read().decode()
    assert response.status == 302, (response.status, page[:500])
    connection.request("GET", response.headers["Location"])
    receipt = connection.getresponse().read().decode()
    state = "accepted" if "受講が決まりました" in receipt else "waiting"
    return time.monotonic() - begin, state


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1] if len(values) > 1 else values[0]
