import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from enrollments.domain import delivery
from enrollments.domain.delivery import (
    MAX_ATTEMPTS,
    claim_next,
    deliver_due,
    mark_abandoned,
    send_again,
    settle_by_hand,
)
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(now):
    write_message(
        kind=MessageKind.OTHER,
        occasion="test",
        subject="お知らせ\nBcc: everybody@example.jp",
        body="本文\n",
        recipient="hanako@example.jp",
        at=now,
    )
    return Notification.objects.get()


class Server:
    """A mail server that answers every message with the same error."""

    def __init__(self, error, *, on_open=None):
        self.error, self.on_open = error, on_open

    def open(self):
        if self.on_open:
            raise self.on_open

    def send_messages(self, messages):
        raise self.error

    def close(self):
        """Nothing is open."""


@pytest.fixture
def failing(monkeypatch):
    def install(error, **kwargs):
        monkeypatch.setattr(delivery, "get_connection", lambda: Server(error, **kwargs))

    return install


def test_due_message_is_sent_once(message, now):
    assert deliver_due(at=now) == 1
    assert deliver_due(at=now) == 0

    message.refresh_from_db()
    assert (message.state, message.settled_at) == (State.SENT, now)
    assert [sent.to for sent in mail.outbox] == [["hanako@example.jp"]]


def test_mail_cannot_gain_headers_from_its_subject(message, now):
    deliver_due(at=now)

    sent = mail.outbox[0]
    assert sent.subject == "お知らせ Bcc: everybody@example.jp"
    assert sent.message()["Bcc"] is None


def test_mail_carries_the_identifier_fixed_in_the_outbox(message, now):
    deliver_due(at=now)

    identifier = mail.outbox[0].message()["Message-ID"]
    assert identifier == f"<{message.message_id}@manabiba.example>"


def test_same_occasion_is_told_once(message, now):
    write_message(
        kind=MessageKind.OTHER,
        occasion="test",
        subject="もう一度",
        body="",
        recipient="hanako@example.jp",
        at=now,
    )

    assert Notification.objects.get().subject == message.subject


def test_server_out_of_reach_is_tried_again_later(message, now, failing):
    failing(None, on_open=ConnectionRefusedError())

    deliver_due(at=now)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.PENDING, 1)
    assert message.due_at == now + timedelta(minutes=1)


def test_message_is_given_up_after_the_last_attempt(message, now, failing):
    failing(smtplib.SMTPResponseException(451, b"try later"))

    for hour in range(MAX_ATTEMPTS):
        deliver_due(at=now + timedelta(days=hour))

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.DEAD, MAX_ATTEMPTS)


def test_permanent_refusal_is_given_up_at_once(message, now, failing):
    refused = {"hanako@example.jp": (550, b"no such user hanako@example.jp")}
    failing(smtplib.SMTPRecipientsRefused(refused))

    deliver_due(at=now)

    message.refresh_from_db()
    assert message.state == State.DEAD
    assert "hanako" not in message.last_error


def test_broken_connection_leaves_the_message_in_doubt(message, now, failing):
    failing(TimeoutError("timed out after DATA"))

    deliver_due(at=now)
    deliver_due(at=now + timedelta(days=1))

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.IN_DOUBT, 1)


def test_message_of_a_dead_worker_is_shown_and_not_repeated(message, now):
    claim_next(at=now)

    assert mark_abandoned(at=now + timedelta(minutes=5)) == 0
    deliver_due(at=now + timedelta(minutes=11))

    message.refresh_from_db()
    assert message.state == State.IN_DOUBT
    assert mail.outbox == []


def test_person_sends_a_doubtful_message_again(message, now, failing, monkeypatch):
    officer = UserFactory()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "get_connection", lambda: Server(TimeoutError()))
        deliver_due(at=now)
    message.refresh_from_db()

    assert send_again(message=message, by=officer, at=now)
    deliver_due(at=now)

    assert len(mail.outbox) == 1
    assert not send_again(message=message, by=officer, at=now)


def test_message_by_hand_waits_for_a_person(now):
    officer = UserFactory()
    write_message(
        kind=MessageKind.OTHER, occasion="by hand", subject="件名", body="本文", at=now
    )
    message = Notification.objects.get()
    assert deliver_due(at=now) == 0

    assert settle_by_hand(message=message, by=officer, at=now)
    message.refresh_from_db()
    assert (message.state, message.settled_by) == (State.SENT, officer)
