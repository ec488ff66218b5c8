"""10,000 applications as a list, with every column, in each form: seconds, CPU, memory."""

import resource
import time
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import guarding
from accounts.models import User
from cms.enums import ExportFormat
from cms.exports.kinds import KINDS
from cms.exports.making import Wanted, columns_for, make_file
from courses.exchange.exports.source import Scope
from courses.models import CourseRun
from enrollments.models import Application, Participant
from tests.bench.applying import run_with

APPLICATIONS = 10_000


def rows() -> dict[str, Any]:
    run = run_with(APPLICATIONS, "export")
    _people(run)
    by = User(is_superuser=True, email="bench@example.jp")
    by.save()
    return {
        f"{APPLICATIONS:,} applications, {form.label}": _cost(run, by, form)
        for form in ExportFormat
    }


def _cost(run: CourseRun, by: User, form: ExportFormat) -> dict[str, Any]:
    kind, at = KINDS["applications"], timezone.now()
    scope = Scope(at=at, run=run, sees_all=True)
    columns = [one.name for one in columns_for(kind, scope, by)]
    wanted = Wanted(kind, scope, columns, form, "bench", replaces_signs=True)
    before = resource.getrusage(resource.RUSAGE_SELF)
    begin = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        made = make_file(wanted=wanted, by=by, at=at)
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert made.file is not None
    size = made.file.seek(0, 2)
    made.file.close()
    return {
        "s": round(seconds, 2),
        "CPU s": round(after.ru_utime - before.ru_utime, 2),
        "MB more at the peak": (after.ru_maxrss - before.ru_maxrss) // 1024,
        "peak MB": after.ru_maxrss // 1024,
        "queries": len(queries),
        "KB": size // 1024,
    }


def _people(run: CourseRun) -> None:
    """Copies of applications have nobody in them yet."""
    alone = Application.objects.filter(run=run, participants=None)
    people = (
        Participant(
            application=application,
            family_name="佐藤",
            given_name="花子",
            family_name_kana="サトウ",
            given_name_kana="ハナコ",
            birth_date=date(1970, 5, 8),
        )
        for application in alone.iterator()
    )
    with guarding.lifted():
        while piece := list(islice(people, 1000)):
            Participant.objects.bulk_create(piece)
