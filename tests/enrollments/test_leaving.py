from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.enums import RunState
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import (
    cancel_application,
    record_withdrawal,
    void_application,
    withdraw,
)
from enrollments.domain.waiting_list import position_of
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Notification
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import UserFactory


@pytest.fixture
def four(run, now):
    """Two with a place, two waiting, in this order."""
    return [
        apply_for_seat(
            run=run, request=request_by(person), by=None, at=now + timedelta(minutes=minute)
        )
        for minute, person in enumerate((HANAKO, TARO, JIRO, KEIKO))
    ]


def test_withdrawing_moves_the_first_in_line_up(four, pool, now):
    withdraw(application=four[0], by=None, at=now + timedelta(hours=1))

    for application in four:
        application.refresh_from_db()
    assert [application.state for application in four] == [
        State.WITHDRAWN,
        State.ACCEPTED,
        State.OFFERED,
        State.WAITING,
    ]
    pool.refresh_from_db()
    assert pool.seats_taken == 2


def test_the_next_in_line_is_asked(four, now):
    withdraw(application=four[0], by=None, at=now + timedelta(hours=1))

    told = Notification.objects.filter(kind=MessageKind.OFFERED).get()
    assert told.application == four[2]
    assert told.recipient == four[2].email


def test_moving_up_at_once_leaves_its_trace_and_reason(four, now):
    later = now + timedelta(days=12)
    withdraw(application=four[0], by=None, at=later)

    trace = four[2].transitions.filter(at=later).values_list("from_state", "to_state")
    assert list(trace) == [("waiting", "offered"), ("offered", "accepted")]


def test_position_in_line_is_counted_from_one(four):
    assert [position_of(application) for application in four] == [None, None, 1, 2]


def test_withdrawing_from_the_list_moves_nobody_up(four, pool, now):
    withdraw(application=four[2], by=None, at=now + timedelta(hours=1))

    four[3].refresh_from_db()
    assert four[3].state == State.WAITING
    assert position_of(four[3]) == 1


def test_withdrawing_twice_is_refused_and_changes_nothing(four, pool, now):
    withdraw(application=four[0], by=None, at=now + timedelta(hours=1))

    with pytest.raises(refusals.MoveNotAllowed):
        withdraw(application=four[0], by=None, at=now + timedelta(hours=2))
    pool.refresh_from_db()
    assert pool.seats_taken == 2


def test_party_in_front_is_waited_for_and_not_split(run, pool, now):
    run.max_participants = 2
    run.save()
    one = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    two = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    party = apply_for_seat(
        run=run, request=request_by(JIRO, companions=(KEIKO,)), by=None, at=now
    )

    withdraw(application=one, by=None, at=now)
    party.refresh_from_db()
    assert party.state == State.WAITING

    withdraw(application=two, by=None, at=now)
    party.refresh_from_db()
    assert (party.state, party.participants.count()) == (State.OFFERED, 2)


def test_nobody_is_moved_up_into_a_cancelled_run(run, four, now):
    run.state = RunState.CANCELLED
    run.save()

    withdraw(application=four[0], by=None, at=now + timedelta(hours=1))
    four[2].refresh_from_db()
    assert four[2].state == State.WAITING


def test_withdrawing_after_the_last_session_is_refused(four, now):
    with pytest.raises(refusals.RunHasEnded):
        withdraw(application=four[0], by=None, at=now + timedelta(days=20))


def test_withdrawing_after_the_runs_deadline_is_refused(run, four, now):
    run.withdraw_until = now + timedelta(days=3)
    run.save()

    with pytest.raises(refusals.WithdrawalClosed):
        withdraw(application=four[0], by=None, at=run.withdraw_until)
    assert (
        withdraw(application=four[2], by=None, at=run.withdraw_until).state == "withdrawn"
    )
    just_in_time = run.withdraw_until - timedelta(seconds=1)
    assert withdraw(application=four[0], by=None, at=just_in_time).state == "withdrawn"


def test_staff_withdraw_somebody_after_the_deadline(run, four, officer, now):
    run.withdraw_until = now
    run.save()
    late = now + timedelta(days=1)

    gone = record_withdrawal(application=four[0], by=officer, at=late, why="電話")
    assert gone.state == State.WITHDRAWN
    with pytest.raises(NotAllowed):
        record_withdrawal(application=four[1], by=UserFactory(), at=late, why="電話")


def test_organiser_cancels_with_a_reason_that_is_told(four, officer, now):
    cancel_application(
        application=four[0], by=officer, at=now + timedelta(hours=1), why="対象外のため"
    )

    told = Notification.objects.get(kind=MessageKind.CANCELLED)
    assert "対象外のため" in told.body
    four[2].refresh_from_db()
    assert four[2].state == State.OFFERED


def test_mistaken_entry_is_voided_in_silence(four, officer, now):
    before = Notification.objects.filter(application=four[0]).count()
    void_application(application=four[0], by=officer, at=now, why="入力の誤り")

    assert Notification.objects.filter(application=four[0]).count() == before
