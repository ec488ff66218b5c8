"""A place that came free is offered, held, answered once, and passed on."""

from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.enums import WaitingPolicy
from enrollments.domain import refusals, waiting_list
from enrollments.domain.answering import answer_offer, record_answer, take_back_offer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.capacity import change_capacity
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import offer_for, offer_token
from enrollments.domain.offer_duties import expire_due, remind_due
from enrollments.domain.waiting_list import needs_redraw, position_of, promote_next
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, NotificationState, OfferState
from enrollments.models import Notification, Offer
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import UserFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def four(run, now):
    """Two with a place, two waiting, in this order; the session is in 14 days."""
    return [
        apply_for_seat(
            run=run, request=request_by(person), by=None, at=now + timedelta(minutes=minute)
        )
        for minute, person in enumerate((HANAKO, TARO, JIRO, KEIKO))
    ]


@pytest.fixture
def offer(four, now) -> Offer:
    """To the third, made an hour after noon, to be answered in 48 hours."""
    withdraw(application=four[0], by=None, at=now + HOUR)
    return Offer.objects.get()


def _states(applications) -> list[str]:
    for application in applications:
        application.refresh_from_db()
    return [application.state for application in applications]


def test_offer_holds_the_seat_until_its_deadline(offer, four, pool, now):
    assert offer.application == four[2]
    assert (offer.made_at, offer.reply_by) == (now + HOUR, now + 49 * HOUR)
    pool.refresh_from_db()
    assert pool.seats_taken == 2
    newcomer = apply_for_seat(
        run=pool.run, request=request_by(HANAKO), by=None, at=now + 2 * HOUR
    )
    assert newcomer.state == State.WAITING


def test_mail_of_an_offer_says_until_when_and_carries_its_link(offer, settings):
    told = Notification.objects.get(kind=MessageKind.OFFERED)
    assert "11月23日（月）13:00" in told.body
    assert f"{settings.PUBLIC_URL}/offers/{offer_token(offer)}/" in told.body


def test_accepting_gives_the_place(offer, four, pool, now):
    answer_offer(offer=offer, accepts=True, by=None, at=now + 2 * HOUR)

    assert _states(four)[2:] == [State.ACCEPTED, State.WAITING]
    offer.refresh_from_db()
    assert (offer.state, offer.answered_at) == (OfferState.ACCEPTED, now + 2 * HOUR)
    pool.refresh_from_db()
    assert pool.seats_taken == 2
    assert Notification.objects.filter(kind=MessageKind.PROMOTED).count() == 1


def test_declining_passes_the_place_on(offer, four, now):
    answer_offer(offer=offer, accepts=False, by=None, at=now + 2 * HOUR)

    assert _states(four)[2:] == [State.DECLINED, State.OFFERED]
    assert Notification.objects.filter(kind=MessageKind.DECLINED).count() == 1
    assert Offer.objects.get(state=OfferState.OPEN).application == four[3]


def test_the_same_answer_again_changes_nothing(offer, four, now):
    for minutes in (1, 2):
        at = offer.made_at + timedelta(minutes=minutes)
        answered = answer_offer(offer=offer, accepts=True, by=None, at=at)
    assert answered.answered_at == offer.made_at + timedelta(minutes=1)


def test_the_other_answer_afterwards_is_refused(offer, four, now):
    answer_offer(offer=offer, accepts=True, by=None, at=now + 2 * HOUR)

    with pytest.raises(refusals.OfferAccepted):
        answer_offer(offer=offer, accepts=False, by=None, at=now + 3 * HOUR)
    assert _states(four)[2] == State.ACCEPTED


def test_answer_at_the_deadline_is_too_late_and_passes_the_place_on(offer, four, now):
    with pytest.raises(refusals.OfferExpired):
        answer_offer(offer=offer, accepts=True, by=None, at=offer.reply_by)

    assert _states(four)[2:] == [State.EXPIRED, State.OFFERED]
    assert differences() == []


def test_answer_a_moment_before_the_deadline_is_in_time(offer, four):
    at = offer.reply_by - timedelta(seconds=1)
    answer_offer(offer=offer, accepts=True, by=None, at=at)
    assert _states(four)[2] == State.ACCEPTED


def test_worker_settles_overdue_offers_and_goes_down_the_line(offer, four, now):
    assert expire_due(at=offer.reply_by - timedelta(seconds=1)) == 0
    assert expire_due(at=offer.reply_by) == 1
    assert _states(four)[2:] == [State.EXPIRED, State.OFFERED]
    second = Offer.objects.get(state=OfferState.OPEN)
    assert expire_due(at=second.reply_by) == 1
    assert expire_due(at=second.reply_by) == 0
    assert _states(four)[2:] == [State.EXPIRED, State.EXPIRED]
    assert Notification.objects.filter(kind=MessageKind.EXPIRED).count() == 2
    assert differences() == []


def test_whoever_does_not_answer_is_reminded_once_half_way(offer):
    half = offer.made_at + 24 * HOUR
    assert remind_due(at=half - timedelta(seconds=1)) == 0
    assert remind_due(at=half) == 1
    assert remind_due(at=half + HOUR) == 0
    told = Notification.objects.get(kind=MessageKind.OFFER_REMINDER)
    assert told.recipient == offer.application.email
    assert "11月23日（月）13:00" in told.body


def test_whoever_answered_is_not_reminded(offer):
    answer_offer(offer=offer, accepts=True, by=None, at=offer.made_at + HOUR)
    assert remind_due(at=offer.made_at + 30 * HOUR) == 0


def test_withdrawing_ends_the_offer_and_passes_the_place_on(offer, four, now):
    withdraw(application=four[2], by=None, at=now + 2 * HOUR)

    offer.refresh_from_db()
    assert offer.state == OfferState.TAKEN_BACK
    assert _states(four)[2:] == [State.WITHDRAWN, State.OFFERED]
    with pytest.raises(refusals.OfferTakenBack):
        answer_offer(offer=offer, accepts=True, by=None, at=now + 3 * HOUR)


def test_near_the_session_the_place_is_given_at_once(four, now):
    at = now + 11 * DAY
    withdraw(application=four[0], by=None, at=at)

    assert _states(four)[2] == State.ACCEPTED
    assert not Offer.objects.exists()
    assert Notification.objects.get(kind=MessageKind.PROMOTED).application == four[2]


def test_without_immediate_days_the_offer_ends_with_the_start(run, four, now):
    run.immediate_days = 0
    run.save()
    session = run.sessions.get()
    withdraw(application=four[0], by=None, at=session.starts_at - HOUR)

    assert Offer.objects.get().reply_by == session.starts_at


def test_party_of_two_is_offered_only_when_two_seats_are_free(run, pool, now):
    run.max_participants = 2
    run.save()
    one, two = (
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO)
    )
    party, single = (
        apply_for_seat(run=run, request=request, by=None, at=now)
        for request in (request_by(JIRO, companions=(KEIKO,)), request_by(KEIKO))
    )
    withdraw(application=one, by=None, at=now + HOUR)
    assert _states([party, single]) == [State.WAITING, State.WAITING]

    withdraw(application=two, by=None, at=now + 2 * HOUR)
    assert _states([party, single]) == [State.OFFERED, State.WAITING]

    answer_offer(offer=party.offers.get(), accepts=False, by=None, at=now + 3 * HOUR)
    assert _states([party, single]) == [State.DECLINED, State.OFFERED]
    pool.refresh_from_db()
    assert pool.seats_taken == 1
    assert differences() == []


def test_more_places_are_offered_to_as_many_as_fit(four, pool, officer, now):
    change_capacity(pool=pool, capacity=4, by=officer, at=now + HOUR)
    assert _states(four)[2:] == [State.OFFERED, State.OFFERED]


@pytest.mark.parametrize(
    ("left", "passed_over", "read"), [(0, 1, 0), (1, 0, 1), (None, 0, 2)]
)
def test_no_more_of_the_line_is_read_than_the_seats_reach(
    four, pool, left, passed_over, read
):
    assert len(waiting_list._next_in_line(pool, left, passed_over)) == read


def test_where_a_draw_decides_nobody_moves_up_by_themselves(run, four, pool, officer, now):
    run.waiting_policy = WaitingPolicy.REDRAW
    run.save()
    withdraw(application=four[0], by=None, at=now + HOUR)

    assert _states(four)[2:] == [State.WAITING, State.WAITING]
    pool.refresh_from_db()
    assert needs_redraw(pool, at=now + HOUR)
    assert position_of(four[2]) is None
    newcomer = apply_for_seat(
        run=run, request=request_by(HANAKO), by=None, at=now + 2 * HOUR
    )
    assert newcomer.state == State.WAITING


def test_officer_records_what_was_said_on_the_telephone(offer, four, officer, now):
    with pytest.raises(NotAllowed):
        record_answer(offer=offer, accepts=True, by=UserFactory(), at=now + 2 * HOUR)

    record_answer(offer=offer, accepts=True, by=officer, at=now + 2 * HOUR)
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by) == (OfferState.ACCEPTED, officer)
    assert four[2].transitions.last().by == officer


def test_offer_taken_back_keeps_the_place_in_line(offer, four, pool, officer, now):
    take_back_offer(offer=offer, by=officer, at=now + 2 * HOUR, why="定員の誤り")

    assert _states(four)[2:] == [State.WAITING, State.WAITING]
    assert position_of(four[2]) == 1
    pool.refresh_from_db()
    assert pool.seats_taken == 1
    told = Notification.objects.filter(kind=MessageKind.WAITING).latest("pk")
    assert (told.application, "定員の誤り" in told.body) == (four[2], True)

    promote_next(pool=pool, by=None, at=now + 3 * HOUR)
    assert _states(four)[2] == State.OFFERED


def test_nothing_invites_to_an_offer_that_was_taken_back(offer, officer, now):
    reminded = now + 30 * HOUR
    remind_due(at=reminded)
    assert offer.application.notifications.get(kind=MessageKind.OFFER_REMINDER).due_at

    take_back_offer(offer=offer, by=officer, at=reminded + HOUR, why="定員の誤り")

    waiting = offer.application.notifications.filter(state=NotificationState.PENDING)
    assert not waiting.filter(
        kind__in=(MessageKind.OFFERED, MessageKind.OFFER_REMINDER)
    ).exists()
    assert waiting.filter(kind=MessageKind.WAITING).exists()


def test_answer_leaves_a_sent_reminder_as_it_was(offer, now):
    remind_due(at=now + 30 * HOUR)
    sent = offer.application.notifications.filter(kind=MessageKind.OFFER_REMINDER)
    sent.update(state=NotificationState.SENT, last_error="")

    answer_offer(offer=offer, accepts=True, by=None, at=now + 31 * HOUR)
    assert sent.get().last_error == ""


def test_offer_without_mail_becomes_a_task_with_the_deadline(run, pool, officer, now):
    people = (HANAKO, TARO, JIRO)
    first, *_others = [
        apply_for_seat(
            run=run,
            request=request_by(person, email="", phone=f"0420-00-000{number}"),
            by=None,
            at=now,
        )
        for number, person in enumerate(people)
    ]
    withdraw(application=first, by=None, at=now + HOUR)

    task = Notification.objects.get(kind=MessageKind.OFFERED)
    assert task.state == "by_hand"
    assert "11月23日（月）13:00" in task.body


def test_forged_link_answers_nothing(offer):
    assert offer_for(offer_token(offer)) == offer
    assert offer_for(f"{offer.public_id.hex}.forged") is None
