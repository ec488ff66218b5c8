"""A draw held, announced and entered from several connections at once."""

import contextlib
import threading
from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.drawing import freezing, holding
from enrollments.domain.drawing.announcing import announce, settle_due
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.refusals import (
    AlreadyAnnounced,
    AlreadyFrozen,
    AlreadyHeld,
    ListIsFrozen,
)
from enrollments.domain.leaving import withdraw
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application, Draw, Notification
from tests.concurrency.conftest import PLACES
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PEOPLE = 12


def _request(number: int) -> SeatRequest:
    name = PersonName("佐藤", "太郎", "サトウ", "タロウ")
    return SeatRequest(
        applicant=name, email=f"p{number}@example.jp", submission_key=uuid4()
    )


@pytest.fixture
def lottery(run, now) -> CourseRun:
    run.selection_mode = "lottery"
    run.save()
    for number in range(PEOPLE):
        apply_for_seat(run=run, request=_request(number), by=None, at=now)
    return run


@pytest.fixture
def closed(lottery):
    return lottery.applications_close_at


def _freeze(run, at, secret: bytes = b"s" * 32) -> Draw:
    return freeze(
        despite_same_names=True,
        run=run,
        secret=secret,
        source="公開の値",
        source_on=(at + timedelta(days=1)).date(),
        by=None,
        at=at,
    )


def _hold_at_once(draw: Draw, at) -> list:
    return together(
        [partial(hold, draw=draw, public_value=f"{n}", by=None, at=at) for n in range(6)]
    )


def _assert_held_once(answers: list) -> None:
    assert Counter(type(answer) for answer in answers) == {Draw: 1, AlreadyHeld: 5}
    assert differences() == []


def test_list_is_frozen_once(lottery, closed):
    answers = together(
        [partial(_freeze, lottery, closed, bytes([n]) * 32) for n in range(6)]
    )
    assert Counter(type(answer) for answer in answers) == {Draw: 1, AlreadyFrozen: 5}
    assert Draw.objects.get().entries.count() == PEOPLE


def test_draw_is_held_once(lottery, closed):
    draw = _freeze(lottery, closed)
    _assert_held_once(_hold_at_once(draw, closed + timedelta(days=1)))


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and everybody looks at the state before anybody writes."""
    looked = threading.Barrier(6)
    require = holding._require_holdable

    def look_then_wait(draw, at) -> None:
        require(draw, at)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(1)

    def unlocked(pk):
        return CourseRun.objects.select_related("course__department").get(pk=pk)

    monkeypatch.setattr(holding, "_require_holdable", look_then_wait)
    monkeypatch.setattr(holding, "lock_run", unlocked)
    monkeypatch.setattr(freezing, "lock_run", unlocked)
    with everybody_begins():
        yield


def test_control_without_the_lock_the_database_refuses(
    lottery, closed, request: pytest.FixtureRequest
):
    """Nobody is answered as they should be, and yet there is one result only."""
    draw = _freeze(lottery, closed)
    request.getfixturevalue("_without_the_lock")

    answers = _hold_at_once(draw, closed + timedelta(days=1))

    with pytest.raises(AssertionError):
        _assert_held_once(answers)
    refused = [a for a in answers if isinstance(a, IntegrityError | OperationalError)]
    assert refused
    assert len([a for a in answers if isinstance(a, Draw)]) == 1
    draw.refresh_from_db()
    assert draw.state == "held"


def test_result_is_told_once_by_officer_and_workers(lottery, closed):
    lottery.results_at = closed + timedelta(days=1)
    lottery.save()
    draw = _freeze(lottery, closed)
    at = closed + timedelta(days=1)
    hold(draw=draw, public_value="1", by=None, at=at)

    answers = together(
        [partial(settle_due, at=at)] * 3 + [partial(announce, draw=draw, by=None, at=at)]
    )

    done = [a for a in answers if a == 1 or isinstance(a, Draw)]
    assert len(done) == 1
    rest = [a for a in answers if a not in done]
    assert all(a == 0 or isinstance(a, AlreadyAnnounced) for a in rest)
    told = Notification.objects.exclude(kind="received")
    assert told.count() == PEOPLE
    assert lottery.pools.get().seats_taken == PLACES
    assert differences() == []


def test_freezing_among_late_entries_and_withdrawals(lottery, closed, now):
    """Whoever is let in is on the list, and nobody else."""
    calls = [
        *(
            partial(apply_for_seat, run=lottery, request=_request(100 + n), by=None, at=now)
            for n in range(4)
        ),
        partial(_freeze, lottery, closed),
        *(
            partial(withdraw, application=a, by=None, at=closed)
            for a in Application.objects.order_by("pk")[:3]
        ),
    ]
    answers = together(calls)

    draw = next(a for a in answers if isinstance(a, Draw))
    refused = [a for a in answers if isinstance(a, Exception)]
    assert {type(a) for a in refused} <= {ListIsFrozen}
    listed = set(draw.entries.values_list("application_id", flat=True))
    awaiting = Application.objects.filter(state="awaiting_draw")
    assert {a.pk for a in awaiting} <= listed
    at = closed + timedelta(days=1)
    announce(draw=hold(draw=draw, public_value="1", by=None, at=at), by=None, at=at)
    assert differences() == []
