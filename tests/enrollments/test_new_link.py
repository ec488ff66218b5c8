"""A corrected mail address makes the former one's links void, and the person is told."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.correcting import Contact, correct_contact
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import (
    application_calendar_path,
    application_token,
    offer_token,
)
from enrollments.domain.offers import open_offer_of
from enrollments.domain.reminder_links import reminders_token
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, Notification
from tests.cms.sent_form import as_shown
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import NOON

pytestmark = pytest.mark.django_db
LINK_ID = UUID("11111111-2222-4333-8444-555555555555")
TOLD = Notification.objects.filter(kind=MessageKind.ADDRESS_CHANGED)


@pytest.fixture
def taros(run, now):
    wrong = request_by(TARO, email="tarou@example.jp")
    return apply_for_seat(run=run, request=wrong, by=None, at=now)


def _correct(application, officer, at, **contact):
    which = Contact("佐藤", "太郎", "サトウ", "タロウ", **contact)
    correct_contact(
        application=application, contact=which, link_id=LINK_ID, by=officer, at=at
    )
    application.refresh_from_db()


def _status(client, name, token):
    return client.get(reverse(name, args=[token])).status_code


def test_former_links_open_nothing_and_new_ones_do(client, taros, officer, now):
    before = application_token(taros), reminders_token(taros)
    never_was = _status(client, "application", "0" * 32 + ".AAAA")

    _correct(taros, officer, now, email="taro@example.jp")

    for name in ("application", "application_withdraw", "application_calendar"):
        assert _status(client, name, before[0]) == never_was == 404
        assert _status(client, name, application_token(taros)) == 200
    assert _status(client, "reminders_stop", before[1]) == 404
    assert _status(client, "reminders_stop", reminders_token(taros)) == 200


def test_person_is_told_once_at_the_new_address_with_the_new_link(taros, officer, now):
    _correct(taros, officer, now, email="taro@example.jp")

    told = TOLD.get()
    assert told.recipient == "taro@example.jp"
    assert f"/applications/{application_token(taros)}/" in told.body
    assert "これまでの専用ページのアドレスは使えなくなりました" in told.body


def test_unsent_message_carries_the_new_link(taros, officer, now):
    before = application_token(taros)
    received = taros.notifications.get()

    _correct(taros, officer, now, email="taro@example.jp")

    received.refresh_from_db()
    assert received.recipient == "taro@example.jp"
    assert application_token(taros) in received.body
    assert before not in received.body


def test_unsent_message_carries_the_new_calendar_too(taros, officer, now):
    before = application_calendar_path(taros)
    received = taros.notifications.get()
    assert before in received.body

    _correct(taros, officer, now, email="taro@example.jp")

    received.refresh_from_db()
    assert application_calendar_path(taros) in received.body
    assert before not in received.body


def test_sent_message_keeps_its_words(taros, officer, now):
    before = application_token(taros)
    taros.notifications.update(state=NotificationState.SENT)

    _correct(taros, officer, now, email="taro@example.jp")

    sent = taros.notifications.get(state=NotificationState.SENT)
    assert (sent.recipient, before in sent.body) == ("tarou@example.jp", True)


def test_corrected_telephone_changes_no_link(taros, officer, now):
    before = application_token(taros)

    _correct(taros, officer, now, email="tarou@example.jp", phone="0420-12-3456")

    assert application_token(taros) == before
    assert not TOLD.exists()


def test_first_address_of_somebody_leaves_the_link(run, officer, now):
    asked = request_by(TARO, email="", phone="0420-12-3456")
    application = apply_for_seat(run=run, request=asked, by=None, at=now)
    before = application_token(application)

    _correct(application, officer, now, email="taro@example.jp", phone="0420-12-3456")

    assert application_token(application) == before
    assert "使えなくなりました" not in TOLD.get().body


def test_address_taken_out_tells_nobody_and_closes_the_link(client, taros, officer, now):
    before = application_token(taros)

    _correct(taros, officer, now, phone="0420-12-3456")

    assert _status(client, "application", before) == 404
    assert not TOLD.exists()


def test_offer_is_answered_by_its_new_link_only(client, run, taros, officer, now):
    """An offer's page leads on to the application, so its old link closes as well."""
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    wrong = request_by(JIRO, email="jirou@example.jp")
    jiros = apply_for_seat(run=run, request=wrong, by=None, at=now)
    withdraw(application=taros, by=None, at=now + timedelta(hours=1))
    jiros.refresh_from_db()
    before = offer_token(open_offer_of(jiros))

    _correct(jiros, officer, now + timedelta(hours=2), email="jiro@example.jp")

    after = offer_token(open_offer_of(jiros))
    assert _status(client, "offer", before) == 404
    assert _status(client, "offer", after) == 200
    assert after in TOLD.get().body
    offered = jiros.notifications.get(kind=MessageKind.OFFERED)
    assert after in offered.body


def test_officer_sees_what_happens_before_it_does(client, run, taros):
    client.force_login(officer_of(run.course.department))
    address = reverse("manage_application_correct", args=[taros.pk])
    with time_machine.travel(NOON, tick=False):
        form = as_shown(client.get(address)) | {"email": "taro@example.jp"}
        asked = client.post(address, form)
        assert Application.objects.get().email == "tarou@example.jp"
        page = asked.content.decode()
        assert "まだ保存していません" in page
        assert "まだ送っていないお知らせ1通は、新しいあて先に変わります。" in page
        assert "taro@example.jp に、新しいアドレスをお知らせします。" in page

        other = client.post(address, as_shown(asked) | {"email": "t@example.jp"})
        assert "t@example.jp に、新しい" in other.content.decode()
        client.post(address, as_shown(asked))

    assert Application.objects.get().email == "taro@example.jp"
