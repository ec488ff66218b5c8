"""Residents who want the last places of the same units, in crossed order; the guard is also
shown to be needed."""

import threading
from collections import Counter
from contextlib import suppress
from functools import partial

import pytest
from django.db import OperationalError

from courses.models import CourseRun
from enrollments.domain.audit import differences
from enrollments.domain.requests import PersonName
from enrollments.domain.series import applying
from enrollments.domain.series.applying import Applied, apply_for_units
from enrollments.domain.series.refusals import NotAllUnits
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Bundle, Notification, Participant
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.enrollments.series.conftest import open_runs
from tests.enrollments.series.test_applying import wishes
from tests.learning_paths.series import series_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PEOPLE = 6


@pytest.fixture
def series(transactional_db):
    return series_of(2)


@pytest.fixture
def runs(series):
    return open_runs(series)


def _crowd(series, runs, now, people, *, all_or_none, along=()):
    """Every other person chooses the other way round; `along` come with each."""
    return [
        partial(
            apply_for_units,
            series=series,
            wishes=wishes(
                runs if number % 2 else runs[::-1],
                PersonName("佐藤", "太郎", "サトウ", "タロウ"),
                email=f"p{number}@example.jp",
                companions=along,
            ),
            together=all_or_none,
            by=None,
            at=now,
        )
        for number in range(people)
    ]


def _assert_one_has_both(answers, people):
    """Nobody has half of what they wanted, nobody waited for ever."""
    assert Counter(type(one) for one in answers) == {Applied: 1, NotAllUnits: people - 1}
    assert Counter(Application.objects.values_list("state", flat=True)) == {
        State.ACCEPTED: 2
    }
    assert (Bundle.objects.count(), Notification.objects.count()) == (1, 1)
    assert differences() == []


def test_crossed_wishes_for_all_or_none_leave_no_half(series, runs, now):
    answers = together(_crowd(series, runs, now, PEOPLE, all_or_none=True))
    _assert_one_has_both(answers, PEOPLE)


def test_crossed_wishes_unit_by_unit_give_each_place_once(series, runs, now):
    answers = together(_crowd(series, runs, now, PEOPLE, all_or_none=False))

    assert [one for one in answers if not isinstance(one, Applied)] == []
    for run in runs:
        states = Counter(run.applications.values_list("state", flat=True))
        assert states == {State.ACCEPTED: 1, State.WAITING: PEOPLE - 1}
    assert Notification.objects.count() == PEOPLE
    assert differences() == []


def test_crossed_parties_are_split_neither_over_places_nor_over_units(series, runs, now):
    """Three places in each unit, parties of two: one has both, and one place is left."""
    for run in runs:
        run.pools.update(capacity=3)
        CourseRun.objects.filter(pk=run.pk).update(max_participants=2)
    child = PersonName("佐藤", "恵", "サトウ", "メグミ")
    crowd = _crowd(series, runs, now, PEOPLE, all_or_none=True, along=(child,))
    _assert_one_has_both(together(crowd), PEOPLE)

    for run in runs:
        assert run.pools.get().seats_taken == 2
        assert Participant.objects.filter(application__run=run).count() == 2


@pytest.fixture
def _without_the_order(monkeypatch):
    """Runs are locked one by one as they come, and both have the first of theirs before
    either asks for the second."""
    met = threading.Barrier(2)
    first_of = applying._apply

    def apply_and_meet(*args, **rest):
        application = first_of(*args, **rest)
        with suppress(threading.BrokenBarrierError):
            met.wait(2)
        return application

    monkeypatch.setattr(applying, "lock_all", lambda runs: None)
    monkeypatch.setattr(applying, "_apply", apply_and_meet)
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_order")
def test_control_without_the_order_they_wait_for_each_other(series, runs, now):
    """One is thrown out by the database (a deadlock, or a lock that never comes)."""
    answers = together(_crowd(series, runs, now, 2, all_or_none=True))

    assert any(isinstance(one, OperationalError) for one in answers)
    with pytest.raises(AssertionError):
        _assert_one_has_both(answers, 2)
