"""Two places for children, and five members of staff who promise them at once."""

from functools import partial

import pytest

from accounts import guarding
from courses.enums import SupportKind as Kind
from courses.models import SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.requests import PersonName
from enrollments.domain.support_moves import places_promised
from enrollments.domain.support_promises import arrange
from enrollments.domain.support_refusals import SupportFull
from enrollments.domain.support_requests import ChildWish, ask_for_support
from tests.concurrency.together import together
from tests.enrollments.requests import request_by
from tests.factories import UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
CHILDREN = 2


@pytest.fixture
def offer(run) -> SupportOffer:
    return SupportOffer.objects.create(run=run, kind=Kind.CHILDCARE, capacity=CHILDREN)


@pytest.fixture
def promises(offer, run, now):
    """One call for each of five wishes, taken by staff with a reason."""
    admin = UserFactory(is_superuser=True)
    return [
        partial(arrange, request=_wish(run, n, now), by=admin, at=now) for n in "一二三四五"
    ]


def _wish(run, number: str, now):
    person = PersonName("親", number, "オヤ", number)
    mail = f"{ord(number)}@example.jp"
    return ask_for_support(
        application=apply_for_seat(
            run=run, request=request_by(person, email=mail), by=None, at=now
        ),
        kind=Kind.CHILDCARE,
        children=[ChildWish("めい", 20)],
        by=None,
        at=now,
        override_reason="相談のうえ",
    )


def test_promises_at_once_never_exceed_the_places(offer, promises):
    answers = together_sorted(promises)

    assert answers == ["SupportFull"] * 3 + ["SupportRequest"] * CHILDREN
    assert places_promised(offer) == CHILDREN
    assert differences() == []


def test_control_without_count_and_guard_too_many_are_promised(
    offer, promises, monkeypatch
):
    monkeypatch.setattr("enrollments.domain.support_moves._require_room", lambda _one: None)
    guarding.lift()

    together_sorted(promises)
    assert places_promised(offer) == 5


def test_guard_alone_refuses_what_the_count_let_pass(offer, promises, monkeypatch):
    monkeypatch.setattr("enrollments.domain.support_moves._require_room", lambda _one: None)

    answers = together_sorted(promises)
    assert answers.count("SupportRequest") == CHILDREN
    assert SupportFull.__name__ not in answers
    assert places_promised(offer) == CHILDREN


def together_sorted(calls) -> list[str]:
    return sorted(type(answer).__name__ for answer in together(calls))
