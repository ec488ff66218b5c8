"""Two hundred people want thirty places at the same moment, while others leave, answer
offers, staff enter cards, and an officer changes the number of places."""

from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid5

import pytest

from accounts.domain.refusal import Refusal
from courses.models import CourseRun, SeatPool
from enrollments.domain import applying
from enrollments.domain.answering import answer_offer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.capacity import change_capacity
from enrollments.domain.leaving import withdraw
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Notification, Offer, Transition
from enrollments.models.querysets import LIVE
from tests.concurrency.together import together
from tests.concurrency.unguarded import everybody_begins
from tests.factories import (
    NOON,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PLACES, CROWD, SEATED, LEAVING, CARDS = 30, 200, 28, 12, 10
# Beyond this the database has no connections left; the others wait at the door.
AT_ONCE = 40
FORMS = UUID("00000000-0000-0000-0000-000000000200")


def request_of(number: int, channel: Channel = Channel.WEB) -> SeatRequest:
    name = PersonName("佐藤", "花子", "サトウ", "ハナコ")
    return SeatRequest(
        applicant=name,
        email=f"p{number}@example.jp",
        channel=channel,
        submission_key=uuid5(FORMS, str(number)),
    )


@pytest.fixture
def officer(transactional_db):
    return StaffProfileFactory().user


@pytest.fixture
def pool(officer, settings) -> SeatPool:
    """With what is offered kept between requests, as on a real site."""
    settings.KEEP_PAGES = True
    run = CourseRunFactory(course__department=officer.staff_profile.department)
    SessionFactory(run=run, number=1)
    return SeatPoolFactory(run=run, capacity=PLACES)


@pytest.fixture
def seated(pool) -> list[Application]:
    """Some have a place already, and the last two of all places are offered."""
    first = [
        apply_for_seat(run=pool.run, request=request_of(1000 + n), by=None, at=NOON)
        for n in range(PLACES + 2)
    ]
    for application in first[:2]:
        withdraw(application=application, by=None, at=NOON)
    return first[2:PLACES]


def everything(pool, seated, officer) -> list:
    """In one order; `together` starts them at one moment."""
    at = NOON + timedelta(minutes=1)
    crowd = [
        partial(apply_for_seat, run=pool.run, request=request_of(n), by=None, at=at)
        for n in range(CROWD)
    ]
    twice = [
        partial(apply_for_seat, run=pool.run, request=request_of(n), by=None, at=at)
        for n in range(0, CROWD, 20)
    ]
    cards = [
        partial(
            apply_for_seat,
            run=pool.run,
            request=request_of(2000 + n, Channel.POSTCARD),
            by=officer,
            at=at,
            received_at=NOON - timedelta(hours=20),
        )
        for n in range(CARDS)
    ]
    leaving = [partial(withdraw, application=a, by=None, at=at) for a in seated[:LEAVING]]
    answers = [
        partial(answer_offer, offer=offer, accepts=number == 0, by=None, at=at)
        for number, offer in enumerate(Offer.objects.all())
    ]
    places = [
        partial(change_capacity, pool=pool, capacity=PLACES + extra, by=officer, at=at)
        for extra in (3, 1, 0)
    ]
    calls = [*crowd, *twice, *cards, *leaving, *answers, *places]
    # Mixed as cards are: every seventh first, so that each kind meets each other kind.
    return [call for start in range(7) for call in calls[start::7]]


def assert_right(answers: list, pool: SeatPool) -> None:
    unanswered = [a for a in answers if isinstance(a, Exception)]
    assert [a for a in unanswered if not isinstance(a, Refusal)] == []
    pool.refresh_from_db()
    states = Counter(Application.objects.values_list("state", flat=True))
    assert pool.seats_taken == states[State.ACCEPTED] + states[State.OFFERED]
    assert pool.seats_taken == pool.capacity, "nobody waits while a place is free"
    everybody = Application.objects.filter(state__in=LIVE).values_list("email", flat=True)
    assert len(everybody) == len(set(everybody)), "one live application per person"
    assert Application.objects.count() == PLACES + 2 + CROWD + CARDS
    ties = Application.objects.values_list("received_at", "tie")
    assert len(set(ties)) == len(ties)
    last = {}
    for application, state in Transition.objects.order_by("pk").values_list(
        "application_id", "to_state"
    ):
        last[application] = state
    assert last == dict(Application.objects.values_list("pk", "state"))
    told = Notification.objects.values_list("application_id", flat=True)
    assert set(told) == set(Application.objects.values_list("pk", flat=True))
    assert differences() == []


def test_rush_is_never_oversold_and_everybody_is_answered(pool, seated, officer):
    answers = together(everything(pool, seated, officer), at_once=AT_ONCE)

    assert_right(answers, pool)


@pytest.fixture
def _without_the_lock(monkeypatch):
    """On SQLite transactions that begin to read only; on both nobody holds the run."""
    monkeypatch.setattr(applying, "hold_run", lambda pk: None)
    monkeypatch.setattr("enrollments.domain.leaving.lock_run", _unlocked)
    monkeypatch.setattr("enrollments.domain.capacity.lock_run", _unlocked)
    monkeypatch.setattr("enrollments.domain.answering.lock_run", _unlocked)
    with everybody_begins():
        yield


def _unlocked(pk: int) -> CourseRun:
    return CourseRun.objects.select_related("course__department").get(pk=pk)


def test_control_without_the_lock_the_rush_goes_wrong(pool, seated, officer, request):
    calls = everything(pool, seated, officer)[:90]
    request.getfixturevalue("_without_the_lock")

    answers = together(calls, at_once=AT_ONCE)

    with pytest.raises(AssertionError):
        assert_right(answers, pool)
