"""The section's lists ask the database no more for several people than for one."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.enums import SelectionMode
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.refunds import note_refund
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def _queries(client, page: str, run) -> int:
    with CaptureQueriesContext(connection) as seen, time_machine.travel(NOON, tick=False):
        assert client.get(reverse(page, args=[run.code])).status_code == 200
    return len(seen)


@pytest.fixture
def apply(run, pool, now):
    pool.capacity = None
    pool.save()
    return lambda person: apply_for_seat(
        run=run, request=request_by(person), by=None, at=now
    )


def test_refunds_cost_the_same_for_one_and_two(client, run, apply, now):
    officer = officer_of(run.course.department)
    client.force_login(officer)

    def leave(*people) -> int:
        for person in people:
            application = apply(person)
            withdraw(application=application, by=None, at=now)
            if person in (HANAKO, TARO):
                note_refund(
                    application=application, amount=500, by=officer, at=now, why="中止"
                )
        return _queries(client, "manage_refunds", run)

    leave(HANAKO, JIRO)
    again = _queries(client, "manage_refunds", run)
    assert leave(TARO, KEIKO) == again


def test_screening_costs_the_same_for_one_and_three(client, run, apply):
    run.selection_mode = SelectionMode.SCREENING
    run.save()
    client.force_login(officer_of(run.course.department))

    apply(HANAKO)
    _queries(client, "manage_screening", run)
    one = _queries(client, "manage_screening", run)
    for person in (TARO, JIRO):
        apply(person)
    assert _queries(client, "manage_screening", run) == one
