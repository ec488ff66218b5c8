"""Whoever has a place reads in the mail what to show at the door."""

from datetime import timedelta

import pytest

from courses.enums import Delivery
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.reminders import remind
from enrollments.enums import MessageKind
from enrollments.models import Notification
from tests.enrollments.requests import HANAKO, request_by

pytestmark = pytest.mark.django_db
BY_MAIL = "受付では、下の専用ページのQRコードをお見せください。お名前でも受け付けます。"
ON_PAPER = "受付で、お名前か受付番号をお伝えください。"


def _told(kind: MessageKind) -> str:
    return Notification.objects.get(kind=kind).body


def test_place_and_reminder_say_what_to_show(run, now):
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    remind(at=run.sessions.get().starts_at - timedelta(hours=3))

    for kind in (MessageKind.ACCEPTED, MessageKind.REMINDER):
        assert BY_MAIL in _told(kind)


def test_without_mail_the_name_is_enough(run, officer, now):
    request = request_by(HANAKO, email="", phone="090-1111-2222")
    apply_for_seat(run=run, request=request, by=officer, at=now)

    assert ON_PAPER in _told(MessageKind.ACCEPTED)
    assert "QRコード" not in _told(MessageKind.ACCEPTED)


def test_online_has_no_door(run, now):
    run.delivery = Delivery.ONLINE
    run.save()
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    told = _told(MessageKind.ACCEPTED)
    assert "会場へお越しください" not in told
    assert "オンラインの参加方法は、開催の前にお知らせします。" in told
