"""Calling off over HTTP: each page says first whom it touches."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.domain.feeds import events_of
from courses.enums import RunState, SessionState
from courses.models import ChangeRecord, CourseRun, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.gathering import TAKEN_BACK
from enrollments.domain.leaving import withdraw
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Notification, Refund
from tests.enrollments.back_office import officer_of
from tests.enrollments.mails import move
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import DepartmentFactory, RoomFactory, SessionFactory


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def signed_in(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


@pytest.fixture
def people(run, now):
    phone = {"email": "", "phone": "0420-00-1111"}
    return [
        apply_for_seat(run=run, request=request_by(person, **wishes), by=None, at=now)
        for person, wishes in ((HANAKO, {}), (TARO, phone), (JIRO, {}))
    ]


def test_page_counts_those_who_wait_for_a_draw(client, signed_in, run, now):
    CourseRun.objects.update(selection_mode="lottery")
    run.refresh_from_db()
    for person in (HANAKO, TARO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    page = client.get(reverse("manage_run_cancel", args=[run.code])).content.decode()
    assert "抽選や選考の結果を待つ申込みが2件あります。" in page


@pytest.mark.parametrize(
    ("name", "state", "kind"),
    [
        ("manage_run_cancel", RunState.CANCELLED, MessageKind.RUN_CANCELLED),
        ("manage_run_postpone", RunState.POSTPONED, MessageKind.RUN_POSTPONED),
    ],
)
def test_page_says_whom_it_touches_and_then_does_it(
    client, signed_in, run, people, name, state, kind
):
    address = reverse(name, args=[run.code])
    page = client.get(address).content.decode()
    assert "受講決定 2件、案内中 0件、キャンセル待ち 1件の申込みに関わります。" in page
    assert "2人にメールを送ります。電話や郵送での連絡が必要な方は1人です。" in page
    assert client.post(address, {"reason": ""}).status_code == 422
    assert CourseRun.objects.get().state == RunState.ANNOUNCED

    client.post(address, {"reason": "講師の急病のため"})

    assert CourseRun.objects.get().state == state
    told = Notification.objects.filter(kind=kind)
    assert sorted(told.values_list("state", flat=True)) == ["by_hand", "pending", "pending"]


def test_run_that_was_cancelled_cannot_be_cancelled_again(client, signed_in, run, people):
    address = reverse("manage_run_cancel", args=[run.code])
    client.post(address, {"reason": "台風"})
    again = client.post(address, {"reason": "台風"})
    assert again.status_code == 409
    assert "この開催はすでに中止になっています。" in again.content.decode()


def test_other_sections_call_nothing_off(client, run, people):
    client.force_login(officer_of(DepartmentFactory()))
    for name in ("manage_run_cancel", "manage_run_postpone", "manage_run_hold"):
        response = client.post(reverse(name, args=[run.code]), {"reason": "台風"})
        assert response.status_code in (302, 403)
    assert client.get(reverse("manage_refunds", args=[run.code])).status_code in (302, 403)
    assert CourseRun.objects.get().state == RunState.ANNOUNCED


@pytest.fixture
def below_minimum(run, people, now):
    run.minimum_to_hold, run.decide_on = 5, now.date() + timedelta(days=3)
    run.save()
    return run


def test_overview_and_start_page_say_how_many_are_missing(client, signed_in, below_minimum):
    page = client.get(reverse("manage_run", args=[below_minimum.code])).content.decode()
    assert "開催に必要な人数 5人、いま 2人。" in page
    assert "あと3人足りません。" in page
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "開催を決める日が近い、人数の足りない開催" in start

    cancel = client.get(reverse("manage_run_cancel", args=[below_minimum.code]))
    assert "申込みが開催に必要な人数に満たなかったため" in cancel.content.decode()


def test_decision_to_hold_is_recorded_and_asked_no_more(client, signed_in, below_minimum):
    client.post(reverse("manage_run_hold", args=[below_minimum.code]))

    below_minimum.refresh_from_db()
    assert (below_minimum.decide_on, below_minimum.minimum_to_hold) == (None, 5)
    record = ChangeRecord.objects.latest("pk")
    assert record.fields[0][2] == "開催する"
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "開催を決める日が近い、人数の足りない開催" not in start
    client.post(reverse("manage_run_hold", args=[below_minimum.code]))
    assert ChangeRecord.objects.latest("pk") == record


def test_overview_leads_to_another_date_and_keeps_the_former(client, signed_in, run, now):
    move(run, run.sessions.get(), signed_in, now)

    page = client.get(reverse("manage_run", args=[run.code])).content.decode()

    assert f'href="{reverse("manage_run_edit", args=[run.code])}#sessions-heading"' in page
    assert "変更前の日時: 12月5日（土）12:00" in page


def test_session_called_off_by_mistake_is_held_again(client, signed_in, run, people, now):
    session = run.sessions.get()
    client.post(reverse("manage_session_cancel", args=[session.pk]), {"reason": "台風"})
    overview = client.get(reverse("manage_run", args=[run.code])).content.decode()
    address = reverse("manage_session_reinstate", args=[session.pk])
    assert address in overview
    page = client.get(address).content.decode()
    assert "2人にメールで知らせます。電話や郵送での連絡が必要な方は1人です。" in page

    client.post(address)

    session.refresh_from_db()
    assert session.state == SessionState.SCHEDULED
    told = Notification.objects.filter(kind=MessageKind.SESSION_CANCELLED)
    assert {one.state for one in told} == {NotificationState.SENT}
    assert {one.last_error for one in told} == {TAKEN_BACK}
    assert not Notification.objects.filter(kind=MessageKind.SESSION_MOVED).exists()


def test_whoever_was_told_is_told_that_it_is_held_again(
    client, signed_in, run, people, now
):
    session = run.sessions.get()
    client.post(reverse("manage_session_cancel", args=[session.pk]), {"reason": "台風"})
    Notification.objects.update(state=NotificationState.SENT)
    client.post(reverse("manage_session_reinstate", args=[session.pk]))
    told = Notification.objects.filter(kind=MessageKind.SESSION_MOVED)
    assert told.count() == 3
    assert "（中止を取りやめ、予定どおり開催します）" in told[0].body


def test_session_that_was_made_up_for_stays_called_off(client, signed_in, run, people, now):
    session = run.sessions.get()
    client.post(reverse("manage_session_cancel", args=[session.pk]), {"reason": "台風"})
    added = SessionFactory(
        run=run, number=2, makes_up=session, starts_at=now + timedelta(days=20)
    )
    address = reverse("manage_session_reinstate", args=[session.pk])
    response = client.post(address)
    assert response.status_code == 409
    assert "先に補講を中止してください" in response.content.decode()

    client.post(reverse("manage_session_cancel", args=[added.pk]), {"reason": "不要"})
    assert client.post(address).status_code == 302


def test_session_of_a_cancelled_run_is_not_held_alone(client, signed_in, run, people):
    client.post(reverse("manage_run_cancel", args=[run.code]), {"reason": "台風"})
    session = run.sessions.get()
    response = client.post(reverse("manage_session_reinstate", args=[session.pk]))
    assert response.status_code == 409


def test_make_up_session_is_added_from_the_cancelled_one(
    client, signed_in, run, people, now
):
    other = SessionFactory(
        run=run, number=2, title="歩いてみる", starts_at=now + timedelta(days=20)
    )
    hall, kitchen = RoomFactory(name="ホール"), RoomFactory(name="調理室")
    Session.objects.filter(pk=other.pk).update(room=hall)
    client.post(reverse("manage_session_cancel", args=[other.pk]), {"reason": "台風"})
    page = client.get(reverse("manage_run", args=[run.code])).content.decode()
    address = reverse("manage_session_make_up", args=[other.pk])
    assert address in page

    form = client.get(address).content.decode()
    assert 'value="歩いてみる"' in form
    assert f'<option value="{hall.pk}" selected>' in form

    sent = {"starts_at": "2026-12-20T10:00", "ends_at": "2026-12-20T09:00"}
    assert client.post(address, sent).status_code == 422
    sent |= {"ends_at": "2026-12-20T12:00", "title": "歩いてみる", "room": kitchen.pk}
    client.post(address, sent)

    added = run.sessions.latest("pk")
    assert (added.number, added.title, added.state) == (
        3,
        "歩いてみる",
        SessionState.SCHEDULED,
    )
    assert (added.room, added.venue) == (kitchen, kitchen.venue)
    (event,) = events_of([added], site="")
    assert event.description.count("補講") == 1
    told = Notification.objects.filter(kind=MessageKind.RUN_CHANGED)
    assert told.count() == 3
    assert "（第2回の補講です）" in told[0].body


def test_refund_is_noted_with_the_fee_and_settled_once(client, signed_in, run, people, now):
    run.fee = 500
    run.save()
    withdraw(application=people[0], by=None, at=now)
    address = reverse("manage_refunds", args=[run.code])
    assert 'value="500"' in client.get(address).content.decode()

    sent = {"application": people[0].pk, "amount": "500", "reason": "取り消し"}
    client.post(address, sent)
    assert client.post(address, sent).status_code == 409
    refund = Refund.objects.get()
    settle = reverse("manage_refund_settle", args=[run.code, refund.pk])
    client.post(settle)
    refund.refresh_from_db()
    first = refund.settled_at
    assert (refund.amount, refund.settled_by) == (500, signed_in)
    assert "すでに済み" in client.post(settle, follow=True).content.decode()
    refund.refresh_from_db()
    assert refund.settled_at == first
