"""Rows of event lists, for tests that need no file."""

import csv
import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from courses.domain.event_facts import PlannedCourse
from courses.domain.event_plan import CourseStep, ImportPlan, Known
from courses.exchange.event_list.columns import BASE_REGISTRY
from courses.exchange.event_list.facts import occurrence
from courses.exchange.event_list.planning import plan_import, understand
from courses.exchange.event_list.reading import Row

DATA = Path(__file__).parent / "data"
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=TOKYO)
NOTHING_THERE = Known(courses={})


def event(number: int = 2, **cells: str) -> Row:
    """A Saturday morning that says no more than it must."""
    usual = {
        "municipality": "999997",
        "name": "防災入門",
        "start_date": "2027-02-06",
        "start_time": "10:00",
        "end_time": "12:00",
        "contact_name": "防災課",
        "how_to_apply": "電話で申込み（申込順）",
        "fee": "0",
    }
    return Row("list.csv", number, usual | cells)


def events(*days: str, **cells: str) -> list[Row]:
    """The same event on several days, from row 2 on."""
    return [
        event(number, start_date=day, **cells) for number, day in enumerate(days, start=2)
    ]


def facts_of(**cells: str):
    """What one row says, which has to be usable."""
    found, _problems = occurrence(event(**cells))
    assert found is not None
    return found


def sentences_about(**cells: str) -> list[str]:
    return [problem.text for problem in occurrence(event(**cells))[1]]


def courses_of(*rows: Row) -> tuple[PlannedCourse, ...]:
    return understand(rows).courses


def plan_of(*rows: Row, known: Known = NOTHING_THERE, at: datetime = NOW) -> ImportPlan:
    return plan_import(understand(rows), known, at=at)


def shape(course: PlannedCourse | CourseStep) -> list[int]:
    """How many sessions each run has."""
    return [len(run.sessions) for run in course.runs]


def as_csv(*rows: Row) -> bytes:
    """The rows as a base-registry file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading for heading, _field in BASE_REGISTRY)
    for row in rows:
        writer.writerow(row[field] if field else "" for _heading, field in BASE_REGISTRY)
    return out.getvalue().encode("utf-8-sig")


def tokyo(
    month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2027
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)
