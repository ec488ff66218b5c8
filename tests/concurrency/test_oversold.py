"""What only PostgreSQL can show: SQLite has one writer, so its guard is the control in
`test_seats`. This module has no tests on SQLite."""

import pytest
from django.db import connection

from courses.models import SeatPool
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from tests.concurrency.conftest import PLACES
from tests.concurrency.test_seats import _crowd, _without_the_lock  # noqa: F401
from tests.concurrency.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

if connection.vendor == "postgresql":

    @pytest.mark.usefixtures("_without_the_lock")
    def test_control_without_lock_and_constraint_seats_are_oversold(
        run, pool, now, monkeypatch
    ):
        constraint = next(
            c
            for c in SeatPool._meta.constraints
            if c.name == "courses_seatpool_never_oversold"
        )
        monkeypatch.setattr("enrollments.domain.moving.take_or_give", lambda *args: None)
        with connection.schema_editor() as editor:
            editor.remove_constraint(SeatPool, constraint)
        try:
            together(_crowd(run, now))
            assert Application.objects.filter(state=State.ACCEPTED).count() > PLACES
        finally:
            with connection.schema_editor() as editor:
                editor.add_constraint(SeatPool, constraint)
