"""What was taken out of the demo city and brought in again changes nothing, in every form
and for every kind of list that goes both ways."""

from uuid import UUID

import pytest
from django.db import transaction
from django.utils import translation

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.enums import ExportFormat
from cms.exports.kinds import KINDS
from cms.exports.making import Wanted, columns_for, make_file
from cms.imports.kinds import KINDS as BROUGHT
from courses.enums import RowOutcome
from courses.exchange.exports.source import Scope
from courses.exchange.plans.reading_rows import read_row
from courses.exchange.plans.setting import Setting
from courses.exchange.tables.headings import suggest
from courses.exchange.tables.table import find_reading, open_table
from courses.models import CourseRun
from enrollments.models import Attendance
from tests.demo_city import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def brought_back(kind, form, *, run=None):
    """How many rows there are of each outcome, and why some were refused."""
    admin = User.objects.get(email="admin@example.jp")
    exported, scope = KINDS[kind], Scope(at=TODAY, run=run, sees_all=True)
    columns = [one.name for one in columns_for(exported, scope, admin)]
    wanted = Wanted(exported, scope, columns, form, "点検", replaces_signs=True)
    file = make_file(wanted=wanted, by=admin, at=TODAY).file
    content = file.read()
    setting = Setting(by=admin, at=TODAY, key=UUID(int=1), run=run)
    resource = BROUGHT[kind].resource(setting)
    with translation.override("ja"), transaction.atomic():
        resource.begin(lock=False)
        return _planned(
            resource, open_table(content, find_reading(content, resource.columns))
        )


def _planned(resource, table):
    mapping = suggest(table.header, resource.columns)
    rows = [
        read_row(
            row.line,
            {name: row.cells[n] for n, name in mapping.items() if n < len(row.cells)},
            resource.columns,
            resource.circumstances(),
        )
        for row in table.rows()
    ]
    resource.prepare(rows)
    outcomes, reasons = {}, []
    for row in rows:
        try:
            outcome = resource.plan(row).outcome if not row.wrong else row.wrong
        except (Refusal, ValueError) as refused:
            outcome = f"{refused!r} {refused}"
        if outcome != RowOutcome.UNCHANGED:
            reasons.append((row.line, str(outcome)))
        outcomes[str(outcome)] = outcomes.get(str(outcome), 0) + 1
    assert reasons == []
    return outcomes


FORMS = [ExportFormat.UTF_8, ExportFormat.XLSX]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["courses", "instructors", "venues", "groups", "members"])
def test_lists_of_the_city_come_back_unchanged(kind, form):
    outcomes = brought_back(kind, form)
    assert list(outcomes) == [RowOutcome.UNCHANGED]


@pytest.mark.parametrize("form", FORMS)
def test_applications_of_every_run_come_back_unchanged(form):
    counted = 0
    for run in CourseRun.objects.filter(applications__isnull=False).distinct():
        counted += sum(brought_back("applications", form, run=run).values())
    assert counted > 100


@pytest.mark.parametrize("form", FORMS)
def test_attendance_of_every_run_comes_back_unchanged(form):
    runs = Attendance.objects.order_by().values("session__run").distinct()
    counted = 0
    for run in CourseRun.objects.filter(pk__in=runs):
        counted += sum(brought_back("attendance", form, run=run).values())
    assert counted > 50
