"""What applying costs where few and where very many have applied, and a draw of many."""

import time
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Department
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drawing.rule import Entry, draw
from enrollments.domain.requests import PersonName, SeatRequest
from tests.bench.load import KEY, TOKEN
from tests.bench.many import copy_application
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
)

FEW, MANY, IN_THE_DRAW = 10, 100_000, 10_000
TURNS = 30
# Milliseconds of this process's CPU, milliseconds by the clock, queries.
Cost = tuple[float, float, int]
NAME = {
    "family_name": "佐藤",
    "given_name": "花子",
    "family_name_kana": "サトウ",
    "given_name_kana": "ハナコ",
}


def rows() -> dict[str, Any]:
    runs = {number: run_with(number) for number in (FEW, MANY)}
    found = {number: _cost(run) for number, run in runs.items()}
    steps = {
        f"{step}, a run of {number:,}": {"CPU ms": cpu, "ms": ms, "queries": queries}
        for number, cost in found.items()
        for step, (cpu, ms, queries) in cost.items()
    }
    ratio = {
        step: round(found[MANY][step][1] / found[FEW][step][1], 2) for step in found[FEW]
    }
    return {
        **steps,
        f"application, {MANY:,} made to {FEW}": ratio,
        f"draw of {IN_THE_DRAW:,}, ms": _draw(),
    }


def run_with(number: int, name: str = "bench") -> CourseRun:
    now = timezone.now()
    run = CourseRunFactory(
        course=CourseFactory(
            slug=f"{name}-{number}", department=Department.objects.order_by("pk")[0]
        ),
        code=f"{name}-{number}",
        applications_open_at=now - timedelta(days=1),
        applications_close_at=now + timedelta(days=9),
    )
    SeatPoolFactory(run=run, capacity=2 * number + 1_000)
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=30))
    copy_application(_apply(run, "first"), times=number - 1)
    return run


def _apply(run: CourseRun, person: str) -> Any:
    name = PersonName("佐藤", "花子", "サトウ", "ハナコ")
    request = SeatRequest(applicant=name, email=f"{person}@example.jp")
    return apply_for_seat(run=run, request=request, by=None, at=timezone.now())


def _cost(run: CourseRun) -> dict[str, Cost]:
    """Of each request; medians."""
    for turn in range(5):
        _one(run, f"warm{turn}")
    measured = [_one(run, f"p{turn}") for turn in range(TURNS)]
    return {
        step: (
            round(median(one[step][0] for one in measured), 1),
            round(median(one[step][1] for one in measured), 1),
            round(median(one[step][2] for one in measured)),
        )
        for step in measured[0]
    }


def _one(run: CourseRun, person: str) -> dict[str, Cost]:
    client, path = Client(enforce_csrf_checks=True), f"/apply/{run.code}/"
    found: dict[str, Cost] = {}

    def step(name: str, ask: Any, status: int = 200) -> Any:
        with CaptureQueriesContext(connection) as queries:
            begin, computed = time.perf_counter(), time.process_time()
            response = ask()
            computed = time.process_time() - computed
            passed = time.perf_counter() - begin
        assert response.status_code == status, (name, response.status_code)
        found[name] = (computed * 1000, passed * 1000, len(queries))
        return response

    page = step("form", lambda: client.get(path)).content.decode()
    fields = {
        **NAME,
        "csrfmiddlewaretoken": TOKEN.search(page)[1],  # type: ignore[index]
        "submission_key": KEY.search(page)[1],  # type: ignore[index]
        "email": f"{person}-{uuid4().hex}@example.jp",
    }
    step("check", lambda: client.post(path, {**fields, "step": "check"}))
    sent = step("send", lambda: client.post(path, {**fields, "step": "send"}), 302)
    step("receipt", lambda: client.get(sent["Location"]))
    return found


def _draw() -> float:
    entries = [Entry(f"n{n}", "p1", 1 + n % 3, n % 2) for n in range(IN_THE_DRAW)]
    begin = time.perf_counter()
    drawn = draw(entries, seats={"p1": IN_THE_DRAW // 4}, seed=bytes(range(32)))
    assert len(drawn) == IN_THE_DRAW
    return round((time.perf_counter() - begin) * 1000)
