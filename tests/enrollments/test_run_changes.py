"""Changing a run that people are in: who is told what, and what stays as it was."""

from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.offering import SessionRefused
from courses.domain.refusals import SessionIsOver, SessionWasAnnounced
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import SessionPlan, plan_of
from courses.enums import CapacityUnit, Delivery, PoolKind, SelectionMode, SessionState
from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.capacity import SeatsAlreadyGiven
from enrollments.domain.leaving import withdraw
from enrollments.domain.refusals import SessionHasApplications
from enrollments.domain.run_changes import SessionChange, TermsAreFixed, change_run
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Notification
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import SessionFactory, StaffProfileFactory, VenueFactory

pytestmark = pytest.mark.django_db


def _plan(run, **changes) -> RunPlan:
    """What would leave the run as it is, but for `changes`."""
    said = {
        name: getattr(run, name)
        for name in RunPlan().columns()
        if name not in ("selection_mode", "delivery", "capacity_unit")
    }
    enums = {
        "selection_mode": SelectionMode(run.selection_mode),
        "delivery": Delivery(run.delivery),
        "capacity_unit": CapacityUnit(run.capacity_unit),
    }
    return RunPlan(**said | enums | {"places": {PoolKind.GENERAL: 2}} | changes)


def _moved(session: Session, **change) -> SessionChange:
    plan = plan_of(session)
    said = {name: getattr(plan, name) for name in vars(plan)} | change
    return SessionChange(plan=SessionPlan(**said), session=session)


def _told() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(kind=MessageKind.SESSION_MOVED).order_by("pk")
    return [(row.application.family_name, row.body) for row in rows]


@pytest.fixture
def people(run, now):
    """Two with places, one waiting, one who has left."""
    found = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for person in (HANAKO, TARO, JIRO, KEIKO)
    ]
    withdraw(application=found[3], by=None, at=now)
    return found[:3]


def test_a_moved_session_is_told_once_to_everybody_in_the_run(run, officer, people, now):
    session = run.sessions.get()
    later = session.starts_at + timedelta(days=1)
    change = _moved(session, starts_at=later, ends_at=later + timedelta(hours=2))

    told = change_run(run=run, plan=_plan(run), sessions=[change], by=officer, at=now)

    assert told == 3
    assert [name for name, _body in _told()] == ["山田", "佐藤", "田中"]
    assert "第1回: 12月6日（日）12:00〜14:00" in _told()[0][1]
    assert "（変更前: 12月5日（土）12:00）" in _told()[0][1]


def test_several_changes_are_told_in_one_message(run, officer, people, now):
    first = run.sessions.get()
    second = SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))
    hall = VenueFactory(name="中央会館")
    third = SessionPlan(
        starts_at=now + timedelta(days=28), ends_at=now + timedelta(days=28, hours=1)
    )
    changes = [
        _moved(first, venue=hall),
        _moved(second, ends_at=second.ends_at + timedelta(hours=1)),
        SessionChange(plan=third),
    ]

    assert change_run(run=run, plan=_plan(run), sessions=changes, by=officer, at=now) == 3
    body = _told()[0][1]
    assert "第1回: 12月5日（土）12:00〜14:00 / 中央会館" in body
    assert "第2回: 12月12日（土）12:00〜15:00" in body
    assert "第3回: 12月19日（土）12:00〜13:00\n（加わった回です）" in body


@pytest.mark.parametrize("change", [{"venue": True}, {"delivery": Delivery.ONLINE}])
def test_another_place_for_the_whole_run_is_told(run, officer, people, now, change):
    if "venue" in change:
        change = {"venue": VenueFactory(name="東会館")}

    told = change_run(run=run, plan=_plan(run, **change), sessions=[], by=officer, at=now)
    assert told == 3
    assert ("東会館" if "venue" in change else "オンライン") in _told()[0][1]
    former = run.sessions.get().former_place
    assert bool(former) == bool(run.venue)
    assert (f"（変更前の会場: {former}）" in _told()[0][1]) == bool(former)


def test_what_does_not_change_where_and_when_is_not_told(run, officer, people, now):
    change = _moved(run.sessions.get(), title="はじめに")
    plan = _plan(run, bring="筆記用具", note="駐車場はありません。")

    assert change_run(run=run, plan=plan, sessions=[change], by=officer, at=now) == 0
    assert _told() == []
    assert run.sessions.get().title == "はじめに"


def test_a_new_date_for_a_session_put_off_is_told(run, officer, people, now):
    session = run.sessions.get()
    session.state = SessionState.POSTPONED
    session.save()
    later = now + timedelta(days=40)
    change = _moved(session, starts_at=later, ends_at=later + timedelta(hours=2))

    assert change_run(run=run, plan=_plan(run), sessions=[change], by=officer, at=now) == 3
    assert run.sessions.get().state == SessionState.MOVED


def test_more_places_move_the_waiting_list_up_with_the_new_dates(run, officer, people, now):
    session = run.sessions.get()
    later = session.starts_at + timedelta(days=1)
    change = _moved(session, starts_at=later, ends_at=later + timedelta(hours=2))
    plan = _plan(run, places={PoolKind.GENERAL: 3})

    change_run(run=run, plan=plan, sessions=[change], by=officer, at=now)

    people[2].refresh_from_db()
    offered = Notification.objects.get(kind=MessageKind.OFFERED)
    assert people[2].state == State.OFFERED
    assert "12月6日（日）12:00〜14:00" in offered.body


def test_places_never_fall_below_those_given(run, officer, people, now):
    plan = _plan(run, places={PoolKind.GENERAL: 1}, bring="筆記用具")

    with pytest.raises(SeatsAlreadyGiven):
        change_run(run=run, plan=plan, sessions=[], by=officer, at=now)
    run.refresh_from_db()
    assert (run.bring, run.pools.get().capacity) == ("", 2)


@pytest.mark.parametrize(
    "change",
    [
        {"selection_mode": SelectionMode.LOTTERY},
        {"capacity_unit": CapacityUnit.PARTIES},
    ],
)
def test_how_places_are_given_and_counted_stays_once_somebody_applied(
    run, officer, now, change
):
    change_run(run=run, plan=_plan(run, **change), sessions=[], by=officer, at=now)
    run.refresh_from_db()
    back = _plan(
        run,
        selection_mode=SelectionMode.FIRST_COME,
        capacity_unit=CapacityUnit.PERSONS,
    )
    change_run(run=run, plan=back, sessions=[], by=officer, at=now)
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    with pytest.raises(TermsAreFixed):
        change_run(run=run, plan=_plan(run, **change), sessions=[], by=officer, at=now)


def test_announced_session_is_not_taken_out(run, officer, now):
    session = run.sessions.get()
    drop = SessionChange(plan=plan_of(session), session=session, drop=True)

    with pytest.raises(SessionRefused) as refused:
        change_run(run=run, plan=_plan(run), sessions=[drop], by=officer, at=now)
    assert isinstance(refused.value.why, SessionWasAnnounced)
    assert run.sessions.count() == 1


def test_draft_session_that_somebody_was_entered_for_is_not_taken_out(run, officer, now):
    run.course.published_at = None
    run.course.save()
    apply_for_seat(
        run=run, request=request_by(HANAKO), by=officer, at=now, override_reason="内定"
    )
    session = run.sessions.get()
    drop = SessionChange(plan=plan_of(session), session=session, drop=True)

    with pytest.raises(SessionRefused) as refused:
        change_run(run=run, plan=_plan(run), sessions=[drop], by=officer, at=now)
    assert isinstance(refused.value.why, SessionHasApplications)


def test_draft_sessions_are_numbered_by_date(run, officer, now):
    run.course.published_at = None
    run.course.save()
    sooner = SessionPlan(
        starts_at=now + timedelta(days=7), ends_at=now + timedelta(days=7, hours=1)
    )

    change_run(
        run=run,
        plan=_plan(run),
        sessions=[SessionChange(plan=sooner)],
        by=officer,
        at=now,
    )
    assert list(run.sessions.values_list("number", "starts_at__day")) == [(1, 28), (2, 5)]


def test_nothing_is_kept_of_a_change_that_is_refused(run, officer, people, now):
    over = SessionFactory(run=run, number=2, starts_at=now - timedelta(days=7))
    first = run.sessions.get(number=1)
    later = first.starts_at + timedelta(days=1)
    changes = [
        _moved(first, starts_at=later, ends_at=later + timedelta(hours=2)),
        _moved(over, starts_at=later, ends_at=later + timedelta(hours=2)),
    ]

    with pytest.raises(SessionRefused) as refused:
        change_run(run=run, plan=_plan(run), sessions=changes, by=officer, at=now)
    assert isinstance(refused.value.why, SessionIsOver)
    assert refused.value.plan is changes[1].plan
    assert run.sessions.get(number=1).starts_at == first.starts_at
    assert _told() == []


def test_run_of_another_section_is_refused(run, now):
    other = StaffProfileFactory().user

    with pytest.raises(NotAllowed):
        change_run(run=run, plan=_plan(run), sessions=[], by=other, at=now)


def test_session_of_another_run_is_refused(run, officer, now):
    foreign = SessionFactory()

    with pytest.raises(SessionRefused):
        change_run(run=run, plan=_plan(run), sessions=[_moved(foreign)], by=officer, at=now)
