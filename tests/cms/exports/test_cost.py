"""Reading costs the same number of queries for one row and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.enums import ExportFormat
from cms.exports.kinds import KINDS
from cms.exports.making import Wanted, columns_for, make_file
from courses.exchange.exports import source as sources
from courses.exchange.exports.source import Scope
from enrollments.domain.applying import apply_for_seat
from enrollments.models import Application
from tests.enrollments.requests import JIRO, KEIKO, request_by
from tests.factories import (
    GroupFactory,
    InstructorFactory,
    MembershipFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def add_one(run, number, now):
    apply_for_seat(run=run, request=request_by((JIRO, KEIKO)[number]), by=None, at=now)
    SessionFactory(run=run, number=number + 2)
    InstructorFactory()
    MembershipFactory(group=GroupFactory())


def queries_of(kind, run, by, at):
    scope = Scope(at=at, run=run if KINDS[kind].of_runs else None, sees_all=True)
    columns = [one.name for one in columns_for(KINDS[kind], scope, by)]
    wanted = Wanted(KINDS[kind], scope, columns, ExportFormat.UTF_8, "点検")
    with CaptureQueriesContext(connection) as queries:
        make_file(wanted=wanted, by=by, at=at)
    return [one["sql"] for one in queries]


def test_one_row_and_three_cost_the_same(run, now):
    admin = UserFactory(is_superuser=True)
    InstructorFactory()
    MembershipFactory(group=GroupFactory())
    few = {kind: len(queries_of(kind, run, admin, now)) for kind in KINDS}
    add_one(run, 0, now)
    add_one(run, 1, now)
    assert {kind: len(queries_of(kind, run, admin, now)) for kind in KINDS} == few


def test_pieces_are_read_one_after_the_other_in_order(run, now, monkeypatch):
    add_one(run, 0, now)
    add_one(run, 1, now)
    monkeypatch.setattr(sources, "AT_ONCE", 2)
    source = KINDS["applications"].source(Scope(at=now, run=run))
    read = [one.pk for one in source.read(source.keys())]
    assert read == list(Application.objects.values_list("pk", flat=True))
