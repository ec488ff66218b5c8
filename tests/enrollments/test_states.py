import pytest
from django.db import transaction

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.moving import move
from enrollments.domain.refusals import MoveNotAllowed
from enrollments.domain.states import ALLOWED, may_move
from enrollments.enums import ApplicationState as State
from enrollments.models import Transition
from enrollments.models.querysets import LIVE
from tests.enrollments.requests import HANAKO, request_by


def test_every_state_is_in_the_table():
    assert set(ALLOWED) == set(State)


def test_ended_applications_stay_ended():
    ended = set(State) - LIVE
    assert {state for state in State if not ALLOWED[state]} == ended


@pytest.mark.parametrize(
    ("here", "to", "allowed"),
    [
        (State.RECEIVED, State.ACCEPTED, True),
        (State.WAITING, State.OFFERED, True),
        (State.WAITING, State.ACCEPTED, False),
        (State.ACCEPTED, State.WAITING, False),
        (State.OFFERED, State.EXPIRED, True),
        (State.LOST, State.ACCEPTED, False),
        (State.AWAITING_DRAW, State.LOST, True),
    ],
)
def test_table_says_which_moves_there_are(here, to, allowed):
    assert may_move(here, to) is allowed


def test_move_outside_the_table_leaves_no_trace(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    before = Transition.objects.count()

    with pytest.raises(MoveNotAllowed), transaction.atomic():
        move(application=application, to=State.WAITING, by=None, at=now)
    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    assert Transition.objects.count() == before
