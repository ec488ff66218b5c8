"""Several workers on one outbox: every message leaves once."""

from collections import Counter
from functools import partial

import pytest
from django.core import mail

from enrollments.domain.delivery import deliver_due
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Notification
from tests.concurrency.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
MESSAGES = 20


@pytest.fixture
def outbox(transactional_db, now):
    for number in range(MESSAGES):
        write_message(
            kind=MessageKind.OTHER,
            occasion=f"occasion:{number}",
            subject=f"お知らせ{number}",
            body="本文",
            recipient=f"p{number}@example.jp",
            at=now,
        )


def test_workers_at_once_send_each_message_once(outbox, now):
    together([partial(deliver_due, at=now)] * 4)

    assert Counter(message.to[0] for message in mail.outbox) == {
        f"p{number}@example.jp": 1 for number in range(MESSAGES)
    }
    assert set(Notification.objects.values_list("state", flat=True)) == {
        NotificationState.SENT
    }


def test_control_without_the_claim_messages_leave_more_than_once(outbox, now, monkeypatch):
    from enrollments.domain import delivery

    def send_whatever_is_there(*, at):
        for message in Notification.objects.filter(state=NotificationState.PENDING):
            delivery.get_connection().send_messages([delivery.mail_of(message, at=at)])
            Notification.objects.filter(pk=message.pk).update(state=NotificationState.SENT)

    together([partial(send_whatever_is_there, at=now)] * 4)

    assert len(mail.outbox) > MESSAGES
