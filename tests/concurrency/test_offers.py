"""Offers answered, withdrawn and run out at one moment; a control shows that the lock
and the fresh look under it are needed."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError

from courses.models import CourseRun
from enrollments.domain import answering
from enrollments.domain.answering import answer_offer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.domain.offer_duties import expire_due, remind_due
from enrollments.domain.refusals import OfferExpired
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, OfferState
from enrollments.models import Notification, Offer, Transition
from tests.concurrency.conftest import PLACES
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)
WAITING = 4
SENTENCES = frozenset(answering.REFUSALS.values())


@pytest.fixture
def offer(run, now) -> Offer:
    """All places are taken, four wait, and the first of them has been asked."""
    people = [
        apply_for_seat(run=run, request=_request(number), by=None, at=now)
        for number in range(PLACES + WAITING)
    ]
    withdraw(application=people[0], by=None, at=now)
    return Offer.objects.get()


def _request(number: int) -> SeatRequest:
    name = PersonName("佐藤", "太郎", "サトウ", "タロウ")
    return SeatRequest(applicant=name, email=f"p{number}@example.jp")


def _assert_settled_once(answers: list, offer: Offer, run) -> None:
    """Everybody has an answer or the sentence for it; one settled it; seats are true."""
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert [one for one in failed if type(one) not in SENTENCES] == []
    left = Transition.objects.filter(
        application=offer.application, from_state=State.OFFERED
    )
    assert left.count() == 1
    offer.refresh_from_db()
    assert offer.state != OfferState.OPEN
    assert run.pools.get().seats_taken == PLACES
    assert differences() == []


def _answer(offer: Offer, at, *, accepts: bool):
    return partial(answer_offer, offer=offer, accepts=accepts, by=None, at=at)


def test_accepting_and_declining_at_once_settles_one(run, offer, now):
    at = now + HOUR
    calls = [_answer(offer, at, accepts=number % 2 == 0) for number in range(6)]

    _assert_settled_once(together(calls), offer, run)


def test_accepting_while_withdrawing_leaves_one_end(run, offer, now):
    leave = partial(withdraw, application=offer.application, by=None, at=now + HOUR)
    answers = together([_answer(offer, now + HOUR, accepts=True), leave])

    assert [a for a in answers if isinstance(a, OperationalError)] == []
    offer.application.refresh_from_db()
    assert offer.application.state == State.WITHDRAWN
    assert run.pools.get().seats_taken == PLACES
    assert differences() == []


def test_answering_while_workers_expire_it_passes_the_place_on_once(run, offer):
    late = offer.reply_by
    calls = [
        _answer(offer, late, accepts=True),
        *[partial(expire_due, at=late)] * 3,
    ]

    answers = together(calls)

    assert isinstance(answers[0], OfferExpired)
    _assert_settled_once(answers[1:], offer, run)
    states = Counter(Offer.objects.values_list("state", flat=True))
    assert states == {OfferState.EXPIRED: 1, OfferState.OPEN: 1}
    assert Notification.objects.filter(kind=MessageKind.EXPIRED).count() == 1


def test_workers_at_once_remind_once(offer):
    half = offer.made_at + 25 * HOUR
    assert sum(together([partial(remind_due, at=half)] * 4)) == 1
    assert Notification.objects.filter(kind=MessageKind.OFFER_REMINDER).count() == 1


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The lock is gone, and everybody looks at the offer before anybody settles it."""
    looked = threading.Barrier(2)
    lock = answering._lock

    def look_then_wait(offer):
        fresh = lock(offer)
        with suppress(threading.BrokenBarrierError):
            looked.wait(2)
        return fresh

    monkeypatch.setattr(answering, "_lock", look_then_wait)
    monkeypatch.setattr(
        answering,
        "lock_run",
        lambda pk: CourseRun.objects.select_related("course").get(pk=pk),
    )
    with everybody_begins():
        yield


@pytest.mark.usefixtures("_without_the_lock")
def test_control_without_the_lock_two_answers_do_not_both_get_a_sentence(run, offer, now):
    at = now + HOUR
    calls = [_answer(offer, at, accepts=True), _answer(offer, at, accepts=False)]

    answers = together(calls)

    with pytest.raises(AssertionError):
        _assert_settled_once(answers, offer, run)
