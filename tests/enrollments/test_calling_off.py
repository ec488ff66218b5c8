"""A run is called off or put off in one act, and everybody is told in one message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.refusals import (
    ReasonMissing,
    RunAlreadyCancelled,
    RunAlreadyPostponed,
    RunHasBegun,
)
from courses.domain.session_plans import plan_of
from courses.enums import RunState, SessionState
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.delivery import claim_next
from enrollments.domain.leaving import withdraw
from enrollments.domain.offer_duties import remind_due
from enrollments.domain.refusals import NothingToMakeUp
from enrollments.domain.reply_time import half_way
from enrollments.domain.run_changes import SessionChange, change_run
from enrollments.domain.session_changes import cancel_session_and_tell, make_up_for
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, OfferState
from enrollments.models import Notification, Offer
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.enrollments.test_run_changes import _plan
from tests.factories import (
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
OF_CHANGES = ("session_cancelled", "session_moved", "run_changed", "run_postponed")


@pytest.fixture
def people(run, now):
    """Two with a place, one who is asked, one who waits."""
    four = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO, KEIKO)
    ]
    gone = apply_for_seat(
        run=run, request=request_by(HANAKO, email="x@example.jp"), by=None, at=now
    )
    withdraw(application=gone, by=None, at=now)
    withdraw(application=four[0], by=None, at=now)
    return four[1:]


def _states(applications) -> list[str]:
    for application in applications:
        application.refresh_from_db()
    return [application.state for application in applications]


def _told(*kinds: str):
    return Notification.objects.filter(kind__in=kinds).order_by("pk")


def test_cancelling_a_run_ends_everything_and_tells_everybody_once(
    run, people, officer, pool, now
):
    before = run.sessions.get().sequence
    told = cancel_run_and_tell(
        run=run, reason="講師の急病のため", by=officer, at=now + HOUR
    )

    run.refresh_from_db()
    session = run.sessions.get()
    assert (run.state, run.state_note) == (RunState.CANCELLED, "講師の急病のため")
    assert session.state == SessionState.CANCELLED
    assert session.sequence > before
    assert _states(people) == [State.CANCELLED] * 3
    assert Offer.objects.get().state == OfferState.TAKEN_BACK
    messages = _told("run_cancelled", "cancelled", "session_cancelled")
    assert {m.kind for m in messages} == {MessageKind.RUN_CANCELLED}
    assert sorted(m.application_id for m in messages) == [person.pk for person in people]
    assert {person.pk for person in told} == {person.pk for person in people}
    assert all("講師の急病のため" in message.body for message in messages)
    pool.refresh_from_db()
    assert pool.seats_taken == 0
    assert differences() == []


@pytest.mark.parametrize("act", [cancel_run_and_tell, postpone_run_and_tell])
def test_calling_off_needs_a_reason_a_right_and_a_run_that_has_not_begun(
    run, people, officer, now, act
):
    with pytest.raises(ReasonMissing):
        act(run=run, reason=" ", by=officer, at=now)
    with pytest.raises(NotAllowed):
        act(run=run, reason="台風", by=UserFactory(), at=now)
    with pytest.raises(RunHasBegun):
        act(run=run, reason="台風", by=officer, at=run.sessions.get().starts_at)
    assert _states(people) == [State.ACCEPTED, State.OFFERED, State.WAITING]


def test_run_is_cancelled_once(run, people, officer, now):
    cancel_run_and_tell(run=run, reason="台風", by=officer, at=now)
    with pytest.raises(RunAlreadyCancelled):
        cancel_run_and_tell(run=run, reason="台風", by=officer, at=now + HOUR)
    assert _told("run_cancelled").count() == 3


def test_postponing_keeps_places_and_the_line_and_asks_nobody(
    run, people, officer, pool, now
):
    postpone_run_and_tell(run=run, reason="会場の点検", by=officer, at=now + HOUR)

    run.refresh_from_db()
    assert run.state == RunState.POSTPONED
    assert run.sessions.get().state == SessionState.POSTPONED
    assert _states(people) == [State.ACCEPTED, State.WAITING, State.WAITING]
    assert _told("run_postponed").count() == 3
    assert not _told("waiting").filter(created_at=now + HOUR).exists()
    with pytest.raises(RunAlreadyPostponed):
        postpone_run_and_tell(run=run, reason="また", by=officer, at=now + 2 * HOUR)
    assert differences() == []


def test_new_dates_resume_a_run_and_move_the_line_again(run, people, officer, now):
    session = run.sessions.get()
    first = session.starts_at
    postpone_run_and_tell(run=run, reason="会場の点検", by=officer, at=now + HOUR)
    _told("run_postponed").update(state="sent")
    session.refresh_from_db()
    plan = replace(
        plan_of(session), starts_at=first + 4 * WEEK, ends_at=session.ends_at + 4 * WEEK
    )
    run.refresh_from_db()
    change_run(
        run=run,
        plan=_plan(run),
        sessions=[SessionChange(plan, session)],
        by=officer,
        at=now + 3 * DAY,
    )

    run.refresh_from_db()
    assert run.state == RunState.ANNOUNCED
    assert run.sessions.get().state == SessionState.MOVED
    assert _states(people) == [State.ACCEPTED, State.OFFERED, State.WAITING]
    messages = _told("session_moved")
    assert messages.count() == 3
    assert "（変更前: 12月5日（土）12:00）" in messages[0].body


def test_new_dates_before_the_first_mail_has_left_make_one_mail(run, people, officer, now):
    session = run.sessions.get()
    first = session.starts_at
    postpone_run_and_tell(run=run, reason="会場の点検", by=officer, at=now)
    session.refresh_from_db()
    plan = replace(plan_of(session), starts_at=first + WEEK, ends_at=session.ends_at + WEEK)
    run.refresh_from_db()
    later = now + timedelta(minutes=1)
    changes = [SessionChange(plan, session)]
    change_run(run=run, plan=_plan(run), sessions=changes, by=officer, at=later)

    messages = _told(*OF_CHANGES)
    assert [message.kind for message in messages] == [MessageKind.SESSION_MOVED] * 3
    assert "（変更前: 12月5日（土）12:00）" in messages[0].body


@pytest.fixture
def three_sessions(run, now):
    return [run.sessions.get()] + [
        SessionFactory(
            run=run,
            number=number,
            starts_at=now + timedelta(days=14 + 7 * (number - 1)),
        )
        for number in (2, 3)
    ]


def test_two_sessions_cancelled_within_minutes_are_one_mail(
    run, three_sessions, people, officer, now
):
    for minutes, session in enumerate(three_sessions[:2]):
        at = now + timedelta(minutes=minutes)
        cancel_session_and_tell(session=session, reason="台風", by=officer, at=at)

    messages = _told(*OF_CHANGES)
    assert [m.application for m in messages] == people
    assert {m.kind for m in messages} == {MessageKind.RUN_CHANGED}
    body = messages[0].body
    assert body.count("【中止】第1回") == body.count("【中止】第2回") == 1
    assert messages[0].due_at == now + timedelta(minutes=5)


def test_what_has_left_is_followed_by_a_mail_of_its_own(
    run, three_sessions, people, officer, now
):
    Notification.objects.update(state="sent")
    cancel_session_and_tell(session=three_sessions[0], reason="台風", by=officer, at=now)
    later = now + timedelta(minutes=6)
    sent = claim_next(at=later)
    cancel_session_and_tell(session=three_sessions[1], reason="台風", by=officer, at=later)

    messages = _told(*OF_CHANGES)
    assert messages.count() == 4
    own = messages.filter(application=sent.application).latest("pk")
    assert "第2回" in own.subject + own.body.split("受付番号")[0]
    assert "第1回" not in own.body.split("受付番号")[0]


def test_make_up_session_is_told_with_the_cancelled_one(
    run, three_sessions, people, officer, now
):
    first = three_sessions[0]
    with pytest.raises(NothingToMakeUp):
        make_up_for(session=first, plan=plan_of(first), by=officer, at=now)
    cancelled = cancel_session_and_tell(session=first, reason="台風", by=officer, at=now)
    plan = replace(
        plan_of(first), starts_at=now + 40 * DAY, ends_at=now + 40 * DAY + 2 * HOUR
    )
    added = make_up_for(session=cancelled, plan=plan, by=officer, at=now + HOUR / 60)

    assert added.number == 4
    messages = _told(*OF_CHANGES)
    assert messages.count() == 3
    assert "（第1回の補講です）" in messages[0].body
    assert "【中止】第1回" in messages[0].body


def test_cancelling_the_run_replaces_what_has_not_left(
    run, three_sessions, people, officer, now
):
    cancel_session_and_tell(session=three_sessions[0], reason="台風", by=officer, at=now)
    cancel_run_and_tell(run=run, reason="台風", by=officer, at=now + HOUR / 60)

    told = _told(*OF_CHANGES, "run_cancelled").filter(state="pending")
    assert [message.kind for message in told] == [MessageKind.RUN_CANCELLED] * 3
    assert {message.application_id for message in told} == {one.pk for one in people}


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (cancel_run_and_tell, MessageKind.RUN_CANCELLED),
        (postpone_run_and_tell, MessageKind.RUN_POSTPONED),
    ],
)
def test_offer_that_has_not_left_gives_way_to_the_news(
    run, people, officer, now, act, kind
):
    asked = people[1].notifications
    assert asked.filter(kind=MessageKind.OFFERED, state="pending").count() == 1

    act(run=run, reason="台風", by=officer, at=now + HOUR / 60)

    assert not asked.filter(kind=MessageKind.OFFERED).exists()
    told = asked.get(kind=kind)
    assert told.state == "pending"
    assert "/offers/" not in told.body
    assert [m.application for m in _told(kind)] == [people[1], people[0], people[2]]


def test_offer_that_has_left_is_followed_by_the_news(run, people, officer, now):
    Notification.objects.filter(kind=MessageKind.OFFERED).update(state="sent")

    cancel_run_and_tell(run=run, reason="台風", by=officer, at=now + HOUR / 60)

    kinds = people[1].notifications.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["waiting", "offered", "run_cancelled"]


def test_offer_its_reminder_and_a_change_that_have_not_left_become_one(
    run, people, officer, now
):
    offer = Offer.objects.get()
    remind_due(at=half_way(made_at=offer.made_at, until=offer.reply_by))
    cancel_session_and_tell(
        session=run.sessions.get(), reason="台風", by=officer, at=now + 30 * HOUR
    )
    unsent = people[1].notifications.filter(state="pending").exclude(kind="waiting")
    kinds = unsent.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["offered", "offer_reminder", "session_cancelled"]

    at = now + 31 * HOUR
    cancel_run_and_tell(run=run, reason="台風", by=officer, at=at)

    assert unsent.get().kind == MessageKind.RUN_CANCELLED
    settled = people[1].notifications.filter(state="sent")
    assert {(one.kind, one.body) for one in settled} == {
        (MessageKind.RUN_CANCELLED, unsent.get().body)
    }
    assert {one.settled_at for one in settled} == {at}
    assert settled.count() == 2


def test_unsent_offer_of_a_session_that_is_called_off_gives_way(department, officer, now):
    run = CourseRunFactory(chooses_session=True, course__department=department)
    first = SessionFactory(run=run, number=1, starts_at=now + WEEK)
    SeatPoolFactory(run=run, session=first, capacity=1)
    gone, asked = (
        apply_for_seat(
            run=run, request=request_by(person, session=first.pk), by=None, at=now
        )
        for person in (HANAKO, TARO)
    )
    withdraw(application=gone, by=None, at=now)
    assert asked.notifications.filter(kind=MessageKind.OFFERED).exists()

    cancel_session_and_tell(session=first, reason="台風", by=officer, at=now + HOUR)

    kinds = asked.notifications.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["waiting", "session_cancelled"]


def test_offer_that_still_stands_is_kept_beside_a_change(
    run, three_sessions, people, officer, now
):
    cancel_session_and_tell(session=three_sessions[0], reason="台風", by=officer, at=now)

    kinds = people[1].notifications.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["waiting", "offered", "session_cancelled"]


def test_change_of_tomorrow_is_told_at_once(run, people, officer, now):
    session = run.sessions.get()
    at = session.starts_at - 20 * HOUR
    cancel_session_and_tell(session=session, reason="台風", by=officer, at=at)
    assert set(_told("session_cancelled").values_list("due_at", flat=True)) == {at}


def test_only_those_who_chose_the_session_are_concerned(department, officer, now):
    run = CourseRunFactory(chooses_session=True, course__department=department)
    first, second = (
        SessionFactory(run=run, number=n, starts_at=now + n * WEEK) for n in (1, 2)
    )
    for session in (first, second):
        SeatPoolFactory(run=run, session=session, capacity=2)
    mine, theirs = (
        apply_for_seat(
            run=run, request=request_by(person, session=session.pk), by=None, at=now
        )
        for person, session in ((HANAKO, first), (TARO, second))
    )

    cancel_session_and_tell(session=first, reason="台風", by=officer, at=now + HOUR)

    assert _states([mine, theirs]) == [State.CANCELLED, State.ACCEPTED]
    assert [m.application for m in _told(*OF_CHANGES)] == [mine]
    assert differences() == []
