"""The rows of docs/performance.md, measured over the prepared database."""

import json
import os
import time
from collections import Counter
from typing import Any

import django
import psutil

from tests.bench import polling
from tests.bench.alone import rows_of
from tests.bench.load import Applicant, apply_once, percentile, rate, run_together
from tests.bench.prepare import CALENDAR, CROWD_CODE, FEED_SLUG, PLACES, RUN_CODE
from tests.bench.server import served, web_cpu, worker_memory

CROWD, APPLICATIONS, WARMING, CLIENTS = 200, 320, 32, 8


def main() -> None:
    django.setup()
    from tests.bench import applying, exports, imports, tables

    rows: dict[str, Any] = {}
    with served() as (port, master):
        rows.update(rates(port))
        feed = f"/courses/{FEED_SLUG}/calendar.ics"
        rows.update(polling.rows(port, master, feed, f"/calendar/{CALENDAR}.ics"))
        rows.update(applications(port, master))
        rows.update(crowd(port))
        rows.update(worker_memory(master))
    rows.update(inside())
    rows.update(applying.rows())
    rows.update(exports.rows())
    rows.update(rows_of("tests.bench.papers"))
    rows.update(imports.rows())
    rows.update(in_pages(rows))
    rows.update(tables.rows())
    _print(rows)


def in_pages(rows: dict[str, Any]) -> dict[str, Any]:
    """How many bare Wagtail pages could be answered while a list comes in or goes out."""
    page = rows["bare Wagtail page, uncached"]["ms"]
    seconds = {
        name: said["s"] if isinstance(said, dict) else said
        for name, said in rows.items()
        if name.startswith(("import ", f"{exports_of():,} applications"))
        and (isinstance(said, dict) or name.endswith(", s"))
    }
    return {
        f"{name}, in bare Wagtail pages": round(1000 * said / page)
        for name, said in seconds.items()
    }


def exports_of() -> int:
    from tests.bench.exports import APPLICATIONS

    return APPLICATIONS


def rates(port: int) -> dict[str, Any]:
    paths = {
        "bare Django view": "/bench/django/",
        "bare Wagtail page": "/bench/wagtail/",
        "home": "/",
        "catalogue": "/courses/",
        "course page": f"/courses/{_some_course()}/",
        "search 防災": "/courses/?q=%E9%98%B2%E7%81%BD",
        "feed of 300 sessions": f"/courses/{FEED_SLUG}/calendar.ics",
        "feed of everything": "/calendar.ics",
        "open data, CSV": "/opendata/events.csv",
    }
    rates_of = {}
    for name, path in paths.items():
        rate(port, path, seconds=1.0)
        rates_of[name] = rate(port, path)
    django_view = rates_of["bare Django view"]
    wagtail_page = rates_of["bare Wagtail page"]
    return {
        f"{name}, req/s": {
            "value": round(found, 1),
            "to Django": round(found / django_view, 3),
            "to Wagtail": round(found / wagtail_page, 3),
        }
        for name, found in rates_of.items()
    }


def _some_course() -> str:
    from courses.models import Course

    return Course.objects.public().filter(pages__isnull=False).order_by("pk")[0].slug


def applications(port: int, master: psutil.Process) -> dict[str, Any]:
    """Complete applications by eight clients, after some that let every process read its
    templates, as the pages were asked for before, too. As the site leads people (form,
    check, send, receipt), and in the three requests that no application can do without
    (form, send, receipt)."""
    _apply_together(port, "w", WARMING)
    return {
        **_complete(port, master, "complete application"),
        **_complete(port, master, "application in three requests", looks_over=False),
    }


def _complete(
    port: int, master: psutil.Process, name: str, *, looks_over: bool = True
) -> dict[str, Any]:
    before, begin = web_cpu(master), time.monotonic()
    times = _apply_together(port, name[0], APPLICATIONS, looks_over=looks_over)
    passed = time.monotonic() - begin
    used = (web_cpu(master) - before) * 1000 / APPLICATIONS
    return {
        f"{name}, web CPU ms": round(used, 1),
        f"{name}, per s": round(APPLICATIONS / passed, 1),
        f"{name}, median ms": round(percentile(times, 50) * 1000),
        f"{name}, p99 ms": round(percentile(times, 99) * 1000),
    }


def _apply_together(
    port: int, prefix: str, number: int, *, looks_over: bool = True
) -> list[float]:
    """How long each took, in seconds."""
    times: list[float] = []

    def client(which: int) -> None:
        for turn in range(number // CLIENTS):
            person = f"{prefix}{which}-{turn}"
            times.append(apply_once(port, RUN_CODE, person, looks_over=looks_over))

    run_together([lambda n=n: client(n) for n in range(CLIENTS)])
    return times


def crowd(port: int) -> dict[str, Any]:
    """Two hundred people who have the form open send it at the same moment; until the
    last of them is answered, and until all have read their receipts."""
    people = [Applicant(port, CROWD_CODE, f"c{number}") for number in range(CROWD)]
    for applicant in people:
        applicant.open_form()
        applicant.check()
    answers: list[str] = []
    begin = time.monotonic()
    run_together([one.send for one in people])
    answered = time.monotonic() - begin
    for one in people:
        one.connection.close()
    run_together([lambda one=one: answers.append(one.read_receipt()) for one in people])
    read = time.monotonic() - begin
    states = Counter(answers)
    assert states == {"accepted": PLACES, "waiting": CROWD - PLACES}, states
    who = f"{CROWD} people for {PLACES} places"
    return {
        f"{who}, all answered, s": round(answered, 2),
        f"{who}, all receipts read, s": round(read, 2),
    }


def inside() -> dict[str, Any]:
    """Milliseconds and queries of one uncached answer, without the network."""
    import cms.wsgi  # noqa: F401 - sets the process up as the server does

    rows: dict[str, Any] = {}
    for name, path in (
        ("bare Wagtail page", "/bench/wagtail/"),
        ("catalogue", "/courses/"),
        ("catalogue, five facets", "/courses/?stage=growth&kind=course&open=1"),
        ("course page", f"/courses/{_some_course()}/"),
        ("search 防災", "/courses/?q=%E9%98%B2%E7%81%BD"),
        ("feed of 300 sessions", f"/courses/{FEED_SLUG}/calendar.ics"),
        ("open data, events as CSV", "/opendata/events.csv"),
        ("open data, events as JSON", "/opendata/events.json"),
    ):
        rows[f"{name}, uncached"] = _one(path)
    return rows


def _one(path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    client = Client()
    with override_settings(KEEP_PAGES=False):
        client.get(path)
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            assert client.get(path).status_code == 200
            times.append(time.perf_counter() - begin)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
    return {"ms": round(sorted(times)[3] * 1000, 1), "queries": len(queries)}


def _print(rows: dict[str, Any]) -> None:
    for name, value in rows.items():
        said = (
            ", ".join(f"{key} {found}" for key, found in value.items())
            if isinstance(value, dict)
            else value
        )
        print(f"{name:44} {said}")  # noqa: T201
    print(json.dumps(rows, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    main()
