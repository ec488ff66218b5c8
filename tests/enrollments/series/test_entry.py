"""Staff enter what came by telephone or on a card: alike to what people send themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Bundle
from tests.enrollments.application_form import companion
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import DepartmentFactory

CARD = {
    "family_name": "山田",
    "given_name": "花子",
    "family_name_kana": "ヤマダ",
    "given_name_kana": "ハナコ",
    "phone": "0420-12-3456",
    "channel": "postcard",
    "received_at": "2026-11-20T09:30",
    "way": "each",
}


@pytest.fixture
def own(series, runs, time_machine, now) -> list[CourseRun]:
    """Both units are of the section of the series, with places for three."""
    time_machine.move_to(now, tick=False)
    for run in runs:
        run.course.department = series.department
        run.course.save()
        run.pools.update(capacity=3)
    CourseRun.objects.update(max_participants=2)
    return runs


@pytest.fixture
def address(series) -> str:
    return reverse("manage_series_entry", args=[series.pk])


@pytest.fixture
def officer(client, series):
    user = officer_of(series.department)
    client.force_login(user)
    return user


def _enter(client, address, runs, **more):
    return client.post(address, {**CARD, "runs": [run.code for run in runs], **more})


def test_card_becomes_one_application_per_unit(client, officer, own, address):
    other = companion(1, "山田", "次郎", "ヤマダ", "ジロウ")
    response = _enter(client, address, own, **other)
    bundle = Bundle.objects.get()
    assert response["Location"] == f"{address}?entered={bundle.pk}"

    page = client.get(response["Location"]).content.decode()
    for one in bundle.applications.all():
        assert one.receipt_number in page
        assert (one.channel, one.seats, one.state) == (Channel.POSTCARD, 2, State.ACCEPTED)
        assert (one.entered_by, one.user) == (officer, None)
        assert f"{one.received_at:%Y-%m-%d %H:%M}" == "2026-11-20 00:30"


def test_page_of_one_unit_leads_there(client, officer, own, address):
    page = client.get(reverse("manage_application_new", args=[own[0].code]))
    assert address in page.content.decode()


def test_what_the_card_does_not_say_may_be_left_out(client, officer, own, address):
    own[0].questions.create(label="交通手段", kind="text", position=1, is_required=True)
    assert _enter(client, address, own).status_code == 302


def test_closed_unit_takes_a_reason(client, officer, own, address, now):
    closed = now - timedelta(days=3)
    CourseRun.objects.filter(pk=own[0].pk).update(applications_close_at=closed)
    refused = _enter(client, address, own, way="together")
    assert refused.status_code == 409
    assert not Application.objects.exists()

    reason = {"override_reason": "窓口の手違いのため"}
    assert _enter(client, address, own, way="together", **reason).status_code == 302
    assert Application.objects.count() == 2


def test_look_alike_is_shown_once(client, officer, own, address, now):
    known = request_by(HANAKO, email="another@example.jp")
    there = apply_for_seat(run=own[0], request=known, by=None, at=now)
    shown = _enter(client, address, own)
    assert shown.status_code == 409
    assert there.receipt_number in shown.content.decode()
    assert _enter(client, address, own, seen=str(there.pk)).status_code == 302


def test_unit_of_another_section_is_entered_there(client, officer, own, address):
    own[1].course.department = DepartmentFactory()
    own[1].course.save()
    page = client.get(address).content.decode()
    assert own[0].code in page
    assert own[1].code not in page
    assert _enter(client, address, own).status_code == 422
    assert not Application.objects.exists()


def test_another_section_enters_nothing(client, own, address):
    client.force_login(officer_of(DepartmentFactory()))
    assert _enter(client, address, own).status_code == 403
    assert not Application.objects.exists()
