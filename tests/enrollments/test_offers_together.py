"""However many offers run out at once, the run is not locked for each of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.capacity import change_capacity
from enrollments.domain.links import offer_path
from enrollments.domain.offer_duties import expire_due
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, OfferState
from enrollments.models import Application, Notification, Offer, PersonClaim
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=72)


def _run_with_offers(number: int, department, officer, now):
    """So many are offered a place, and as many wait behind them, all of one name."""
    run = CourseRunFactory(course__department=department)
    pool = SeatPoolFactory(run=run, capacity=0)
    SessionFactory(run=run, number=1)
    for index in range(2 * number):
        asked = request_by(HANAKO, email=f"p{index}@example.jp")
        apply_for_seat(run=run, request=asked, by=None, at=now)
    change_capacity(pool=pool, capacity=number, by=officer, at=now)
    return run


def test_places_of_all_who_did_not_answer_go_down_the_line(department, officer, now):
    run = _run_with_offers(3, department, officer, now)

    assert expire_due(at=now + LATER) == 1

    states = run.applications.order_by("tie").values_list("state", flat=True)
    assert list(states) == [State.EXPIRED] * 3 + [State.OFFERED] * 3
    assert Offer.objects.filter(state=OfferState.OPEN, made_at=now + LATER).count() == 3
    told = Notification.objects.order_by("application", "pk")
    assert list(told.values_list("kind", flat=True)) == (
        [MessageKind.WAITING, MessageKind.OFFERED, MessageKind.EXPIRED] * 3
        + [MessageKind.WAITING, MessageKind.OFFERED] * 3
    )
    ended = Application.objects.filter(state=State.EXPIRED)
    assert not PersonClaim.objects.filter(application__in=ended).exists()
    assert differences() == []


def test_each_offered_person_is_sent_their_own_link(department, officer, now):
    _run_with_offers(2, department, officer, now)

    for offer in Offer.objects.all():
        told = Notification.objects.get(
            kind=MessageKind.OFFERED, application=offer.application
        )
        assert told.body.count("/offers/") == 1
        assert offer_path(offer) in told.body


def test_queries_do_not_grow_with_the_offers_that_run_out(department, officer, now):
    def queries(number: int) -> int:
        _run_with_offers(number, department, officer, now)
        with CaptureQueriesContext(connection) as seen:
            expire_due(at=now + LATER)
        return len(seen)

    assert queries(1) == queries(3)
