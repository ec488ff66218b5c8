"""What the database refuses about offers: one forbidden and one allowed act for each."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Offer, Transition
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by

HOUR = timedelta(hours=1)


@pytest.fixture
def people(run, now):
    return [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO, KEIKO)
    ]


@pytest.fixture
def offer(people, now) -> Offer:
    withdraw(application=people[0], by=None, at=now)
    return Offer.objects.get()


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def _trace(application: Application, to: State, now) -> None:
    Transition.objects.create(
        application=application, from_state=State.OFFERED, to_state=to, at=now
    )


def test_open_offer_is_for_somebody_offered(offer, people, now):
    def make(application, **more) -> Offer:
        return Offer.objects.create(
            application=application, made_at=now, reply_by=now + HOUR, **more
        )

    _refused("open_offer_is_for_somebody_offered", lambda: make(people[3]))
    settled = {"state": OfferState.EXPIRED, "answered_at": now + HOUR}
    assert make(people[3], **settled).pk


def test_application_leaves_offered_with_its_offer_settled(offer, people, now):
    def leave() -> int:
        _trace(people[2], State.ACCEPTED, now)
        return Application.objects.filter(pk=people[2].pk).update(state=State.ACCEPTED)

    _refused("application_leaves_offered_with_its_offer_settled", leave)
    Offer.objects.update(state=OfferState.ACCEPTED, answered_at=now)
    assert leave() == 1


def test_offer_is_settled_once(offer, now):
    rows = Offer.objects.filter(pk=offer.pk)
    assert rows.update(state=OfferState.DECLINED, answered_at=now) == 1
    _refused("offer_is_settled_once", lambda: rows.update(state=OfferState.ACCEPTED))
    _refused("offer_is_settled_once", lambda: rows.update(answered_at=now + HOUR))
    assert rows.update(answered_by=None) == 1


def test_offer_stays_with_its_application(offer, people, now):
    rows = Offer.objects.filter(pk=offer.pk)
    _refused("offer_stays_with_its_application", lambda: rows.update(application=people[1]))
    assert rows.update(reminded_at=now) == 1


def test_offer_is_kept(offer):
    _refused("offer_is_kept", lambda: Offer.objects.all()._raw_delete("default"))
    assert Offer.objects.count() == 1


def test_audit_finds_an_offer_that_is_missing(offer, now):
    assert differences() == []
    Offer.objects.update(state=OfferState.EXPIRED, answered_at=now)
    assert differences() == [
        f"申込み {offer.application_id}: 案内中なのに回答待ちの案内がない"
    ]
