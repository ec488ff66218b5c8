"""What the database refuses about promises: one forbidden and one allowed act each."""

import pytest
from django.db import IntegrityError, transaction

from accounts import guarding
from courses.enums import SupportKind as Kind
from courses.models import SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.support_moves import move_request
from enrollments.domain.support_requests import ChildWish, ask_for_support
from enrollments.enums import ApplicationState
from enrollments.enums import SupportState as State
from enrollments.models import (
    Application,
    CaredChild,
    SupportRequest,
    SupportStep,
    Transition,
)
from tests.enrollments.requests import HANAKO, TARO, request_by

pytestmark = pytest.mark.django_db
MEI = ChildWish("めい", 20)


@pytest.fixture
def offer(run) -> SupportOffer:
    return SupportOffer.objects.create(run=run, kind=Kind.CHILDCARE, capacity=1)


@pytest.fixture
def wish(offer, run, now) -> SupportRequest:
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    return _asked(application, now)


def _asked(application: Application, now, **more) -> SupportRequest:
    return ask_for_support(
        application=application,
        kind=Kind.CHILDCARE,
        children=[MEI],
        by=None,
        at=now,
        **more,
    )


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def _row(wish: SupportRequest):
    return SupportRequest.objects.filter(pk=wish.pk)


def _step(wish: SupportRequest, here: State, to: State, now) -> None:
    SupportStep.objects.create(request=wish, from_state=here, to_state=to, at=now)


def test_wish_begins_as_asked(wish, now):
    def insert(state: State) -> SupportRequest:
        return SupportRequest.objects.create(
            application=wish.application, kind=Kind.BRAILLE, state=state, asked_at=now
        )

    _refused("support_begins_as_asked", lambda: insert(State.CONFIRMED))
    assert insert(State.ASKED).pk


def test_state_moves_only_with_its_step(wish, now):
    _refused(
        "support_moves_with_its_step", lambda: _row(wish).update(state=State.CONFIRMED)
    )
    _step(wish, State.ASKED, State.CONFIRMED, now)
    assert _row(wish).update(state=State.CONFIRMED) == 1


def test_promises_fit_the_offer(wish, run, now):
    other = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    beyond = _asked(other, now, override_reason="相談のうえ")
    move_request(request=wish, to=State.CONFIRMED, by=None, at=now)
    _step(beyond, State.ASKED, State.ARRANGED, now)

    _refused(
        "support_promises_fit_the_offer",
        lambda: _row(beyond).update(state=State.ARRANGED),
    )
    SupportOffer.objects.update(capacity=2)
    assert _row(beyond).update(state=State.ARRANGED) == 1


def test_offer_holds_its_promises(wish, offer, now):
    offers = SupportOffer.objects.filter(pk=offer.pk)
    assert offers.update(capacity=0) == 1
    offers.update(capacity=1)
    move_request(request=wish, to=State.CONFIRMED, by=None, at=now)

    _refused("support_offer_holds_its_promises", lambda: offers.update(capacity=0))
    assert offers.update(capacity=2) == 1


def test_children_of_a_promise_stay_as_they_were(wish, now):
    def add() -> CaredChild:
        return CaredChild.objects.create(request=wish, called="けん", age_months=30)

    add()
    SupportOffer.objects.update(capacity=5)
    move_request(request=wish, to=State.ARRANGED, by=None, at=now)
    _refused("promised_children_stay_as_they_were", add)


def test_application_ends_with_its_promises(wish, now):
    application = wish.application
    Transition.objects.create(
        application=application, from_state="accepted", to_state="withdrawn", at=now
    )
    rows = Application.objects.filter(pk=application.pk)
    _refused(
        "application_ends_with_its_promises",
        lambda: rows.update(state=ApplicationState.WITHDRAWN),
    )
    move_request(request=wish, to=State.WITHDRAWN, by=None, at=now)
    assert rows.update(state=ApplicationState.WITHDRAWN) == 1


def test_promise_is_open_only_for_somebody_who_may_come(wish, now):
    move_request(request=wish, to=State.WITHDRAWN, by=None, at=now)
    Transition.objects.create(
        application=wish.application, from_state="accepted", to_state="void", at=now
    )
    Application.objects.filter(pk=wish.application_id).update(state="void")
    _step(wish, State.WITHDRAWN, State.ASKED, now)

    _refused(
        "support_is_open_for_who_may_come", lambda: _row(wish).update(state=State.ASKED)
    )


def test_steps_are_kept_as_they_were(wish, now):
    steps = SupportStep.objects.filter(request=wish)
    _refused("support_step_is_kept", steps.delete)
    _refused("support_step_is_not_rewritten", lambda: steps.update(why="ちがう"))
    assert steps.update(by=None) == 1


def test_audit_finds_a_promise_left_open_and_one_too_many(wish, offer):
    assert differences() == []
    guarding.lift()
    _row(wish).update(state=State.CONFIRMED)
    SupportOffer.objects.update(capacity=0)
    Application.objects.update(state="withdrawn")
    guarding.lay_down()

    found = [line for line in differences() if line.startswith("保育・支援")]
    assert found == [
        f"保育・支援 {wish.pk}: 終わった申込み",
        f"保育・支援の枠 {offer.pk}: 手配 1、定員 0",
        f"保育・支援 {wish.pk}: 状態 confirmed の記録がつながらない",
    ]
