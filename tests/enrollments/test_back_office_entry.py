"""Entering what came by telephone, counter, postcard or fax."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from courses.enums import PoolKind
from enrollments.domain.applying import apply_for_seat
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel, ContactBy, NotificationState
from enrollments.models import Application, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import NOON, SeatPoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def officer(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


def _form(**changes: str) -> dict[str, str]:
    said = {
        "channel": "phone",
        "received_at": "",
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": "やまだ",
        "given_name_kana": "ﾊﾅｺ",
        "phone": "0420-12-3456",
        "submission_key": str(uuid4()),
    }
    return said | changes


def _address(run) -> str:
    return reverse("manage_application_new", args=[run.code])


def test_call_becomes_an_application_like_any_other(client, officer, run):
    response = client.post(
        _address(run), _form(residency="worker", staff_note="折返し希望")
    )

    entered = Application.objects.get()
    assert response.headers["Location"] == f"{_address(run)}?entered={entered.pk}"
    assert (entered.state, entered.channel, entered.received_at) == (
        State.ACCEPTED,
        Channel.PHONE,
        NOON,
    )
    assert (entered.full_name_kana, entered.phone, entered.residency) == (
        "ヤマダ ハナコ",
        "0420-12-3456",
        "worker",
    )
    assert (entered.entered_by, entered.user, entered.contact_by) == (
        officer,
        None,
        ContactBy.PHONE,
    )
    assert Notification.objects.get().state == NotificationState.BY_HAND


def test_receipt_number_is_shown_large_and_the_form_is_ready_again(client, officer, run):
    response = client.post(_address(run), _form(channel="counter"), follow=True)

    html = response.content.decode()
    number = Application.objects.get().receipt_number
    assert f'<strong class="manage-number">{number}</strong>' in html
    assert response.context["form"].initial["channel"] == Channel.COUNTER
    assert 'value="山田"' not in html


def test_postcard_keeps_the_day_it_came_and_its_pile(client, officer, run):
    data = _form(
        channel="postcard", received_at="2026-11-20T09:30", phone="", address="中央1"
    )
    response = client.post(_address(run), data, follow=True)

    entered = Application.objects.get()
    assert entered.receipt_number == "261120-093000-001"
    assert entered.contact_by == ContactBy.POST
    assert 'value="2026-11-20T09:30"' in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"received_at": "2026-11-21T12:01"}, "received_at"),
        ({"received_at": "きのう"}, "received_at"),
        ({"family_name": ""}, "family_name"),
        ({"family_name_kana": "山田"}, "family_name_kana"),
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"email": "花子"}, "email"),
        ({"channel": "web"}, "channel"),
        ({"is_namesake": "on"}, "override_reason"),
    ],
)
def test_bad_input_is_shown_at_its_field_and_kept(client, officer, run, wrong, field):
    response = client.post(_address(run), _form(staff_note="折返し希望") | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "折返し希望" in response.content.decode()
    assert Application.objects.count() == 0


def test_same_person_is_shown_with_the_number_that_exists(client, officer, run):
    client.post(_address(run), _form())
    first = Application.objects.get()

    response = client.post(_address(run), _form())
    assert response.status_code == 422
    assert first.receipt_number in response.context["form"].errors["is_namesake"][0]
    assert reverse("manage_application", args=[first.pk]) in response.content.decode()
    assert Application.objects.count() == 1


def test_reason_for_the_window_does_not_hide_a_duplicate(client, officer, run):
    client.post(_address(run), _form())

    client.post(_address(run), _form(override_reason="電話が混み合ったため"))
    assert Application.objects.count() == 1


def test_namesake_is_taken_with_a_reason(client, officer, run):
    client.post(_address(run), _form())

    client.post(_address(run), _form(is_namesake="on", override_reason="お子さまと同名"))
    second = Application.objects.order_by("pk").last()
    assert second.state == State.ACCEPTED
    assert second.transitions.first().why == "お子さまと同名"


def test_sending_the_form_twice_makes_one_application(client, officer, run):
    data = _form()
    first, second = client.post(_address(run), data), client.post(_address(run), data)

    assert first.headers["Location"] == second.headers["Location"]
    assert Application.objects.count() == 1


@pytest.mark.parametrize("moved", [timedelta(days=-30), timedelta(days=30)])
def test_outside_the_window_a_reason_is_needed(client, officer, run, moved):
    run.applications_open_at += moved
    run.applications_close_at += moved
    run.save()

    response = client.post(_address(run), _form())
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["override_reason"]
    client.post(_address(run), _form(override_reason="窓口でのご案内の誤りのため"))
    assert Application.objects.get().transitions.first().why == "窓口でのご案内の誤りのため"


def test_full_run_puts_the_caller_on_the_waiting_list(client, officer, run, now):
    for person in (TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)

    response = client.post(_address(run), _form(), follow=True)
    html = response.content.decode()
    assert "キャンセル待ち 1番" in html


def test_full_run_without_a_waiting_list_says_so_and_keeps_the_form(
    client, officer, run, now
):
    run.waiting_list = False
    run.save()
    for person in (TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)

    response = client.post(_address(run), _form())
    html = response.content.decode()
    assert response.status_code == 409
    assert "定員に達しました" in html
    assert "0420-12-3456" in html


def test_companions_are_entered_with_the_caller(client, officer, run):
    run.max_participants = 2
    run.save()
    companion = {
        "companion1-family_name": "山田",
        "companion1-given_name": "一郎",
        "companion1-family_name_kana": "ヤマダ",
        "companion1-given_name_kana": "イチロウ",
    }
    half = {**companion, "companion1-given_name": ""}
    assert client.post(_address(run), _form(**half)).status_code == 422

    client.post(_address(run), _form(**companion))
    entered = Application.objects.get()
    assert entered.seats == 2
    assert [str(person) for person in entered.participants.all()] == [
        "山田 花子",
        "山田 一郎",
    ]


def test_staff_are_seated_in_their_own_pool(client, officer, run):
    run.pools.update(kind=PoolKind.CITIZENS)
    staff = SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=1)

    section = officer.staff_profile.department
    client.post(_address(run), _form(pool="staff"))
    assert Application.objects.count() == 0
    client.post(_address(run), _form(pool="staff", department=section.pk))
    entered = Application.objects.get()
    assert (entered.pool, entered.department) == (staff, section)


def test_number_of_somebody_elses_entry_is_not_shown(client, officer, run, now):
    theirs = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    response = client.get(f"{_address(run)}?entered={theirs.pk}")
    assert response.context["entered"] is None
    for nonsense in ("x", "9" * 40, "-1", "²"):
        assert client.get(f"{_address(run)}?entered={nonsense}").status_code == 200
