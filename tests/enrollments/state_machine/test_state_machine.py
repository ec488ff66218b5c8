"""The machine finds nothing in the rules as they are, and finds planted faults."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from enrollments.domain import entering, moving, placing
from enrollments.enums import ApplicationState as State
from enrollments.models.querysets import ApplicationQuerySet
from tests.enrollments.state_machine.machine import Enrolling

pytestmark = pytest.mark.django_db
# The same examples at each run; a failure is found again, not shrunk for minutes.
AS_IN_CI = settings(
    max_examples=8 if connection.vendor == "sqlite" else 3,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


def test_whatever_happens_the_database_stays_as_the_rules_say():
    run_state_machine_as_test(Enrolling, settings=AS_IN_CI)


def _overtaking(monkeypatch):
    """A newcomer takes a free seat although somebody waits for it."""

    def first_state(run, pool, seats, request, draws):
        fits = pool.seats_left >= seats and not draws(run)
        return State.ACCEPTED if fits else honest(run, pool, seats, request, draws)

    honest = placing._first_state
    monkeypatch.setattr(placing, "_first_state", first_state)


def _backwards(monkeypatch):
    """The last in line is moved up first."""
    line = ApplicationQuerySet.waiting_in
    monkeypatch.setattr(
        ApplicationQuerySet, "waiting_in", lambda self, pool: line(self, pool).reverse()
    )


def _seats_kept(monkeypatch):
    """Whoever leaves keeps the seat in the books."""
    honest = moving.seats_changed
    monkeypatch.setattr(moving, "seats_changed", lambda *move: max(0, honest(*move)))


def _twice(monkeypatch):
    """Nobody asks whether the person has applied already."""
    monkeypatch.setattr(
        entering, "_free_keys", lambda passed, _claims: [frozenset() for _one in passed]
    )


def _in_silence(monkeypatch):
    """The person is not told."""
    monkeypatch.setattr(moving, "tell_of_move", lambda **_words: None)


FAULTS = [_overtaking, _backwards, _seats_kept, _twice, _in_silence]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_planted_fault_is_found(fault, monkeypatch):
    fault(monkeypatch)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        run_state_machine_as_test(Enrolling, settings=AS_IN_CI)
