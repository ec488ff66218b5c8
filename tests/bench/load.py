"""Requests from several clients at once, each keeping its connection."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

AS_BROWSERS_DO = {"Accept-Encoding": "gzip"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="submission_key" value="([^"]+)"')


def rate(port: int, path: str, *, clients: int = 4, seconds: float = 3.0) -> float:
    """Answers per second."""
    done = [0] * clients
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            connection.request("GET", path, headers=AS_BROWSERS_DO)
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


class Applicant:
    """One person with a browser: opens the form, looks the answers over, sends them."""

    def __init__(self, port: int, code: str, person: str) -> None:
        self.path, self.person = f"/apply/{code}/", person
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers: dict[str, str] = {}
        self.fields: dict[str, str] = {}

    def open_form(self) -> None:
        self.connection.request("GET", self.path)
        response = self.connection.getresponse()
        page = response.read().decode()
        self.headers = {
            "Cookie": response.headers["Set-Cookie"].split(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.fields = {
            "csrfmiddlewaretoken": TOKEN.search(page)[1],
            "submission_key": KEY.search(page)[1],
            "family_name": "佐藤",
            "given_name": "花子",
            "family_name_kana": "サトウ",
            "given_name_kana": "ハナコ",
            "email": f"{self.person}@example.jp",
        }

    def check(self) -> None:
        """The person then reads; a server closes a connection that says nothing."""
        self._post("check")
        self.connection.close()

    def send(self) -> None:
        """Answered with the way to the receipt."""
        response = self._post("send")
        assert response.status == 302, response.status
        self.receipt = response.headers["Location"]

    def read_receipt(self) -> str:
        self.connection.request("GET", self.receipt)
        receipt = self.connection.getresponse().read().decode()
        return "accepted" if "受講が決まりました" in receipt else "waiting"

    def _post(self, step: str) -> http.client.HTTPResponse:
        body = urlencode({**self.fields, "step": step})
        self.connection.request("POST", self.path, body, self.headers)
        response = self.connection.getresponse()
        response.read()
        return response


def apply_once(port: int, code: str, person: str, *, looks_over: bool = True) -> float:
    """Form, check, send, receipt, or without the check; in seconds."""
    begin = time.monotonic()
    applicant = Applicant(port, code, person)
    applicant.open_form()
    if looks_over:
        applicant.check()
    applicant.send()
    applicant.read_receipt()
    return time.monotonic() - begin


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1] if len(values) > 1 else values[0]
