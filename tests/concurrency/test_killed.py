"""`kill -9` in the middle of work: nothing is half done, no mail is lost or sent twice."""

import http.client
import os
import signal
import threading
import time
from collections import Counter
from datetime import timedelta

import psutil
import pytest
from django.db import connection
from django.utils import timezone

from enrollments.domain.audit import differences
from enrollments.domain.delivery import mark_abandoned
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, Notification
from tests.bench.load import Applicant
from tests.concurrency.processes import web, worker
from tests.concurrency.slow_smtp import slow_smtp
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
CLIENTS, EACH, PLACES = 6, 6, 20
MESSAGES = 8
PATIENCE = 60


@pytest.fixture
def run(transactional_db):
    now = timezone.now()
    run = CourseRunFactory(
        applications_open_at=now - timedelta(days=1),
        applications_close_at=now + timedelta(days=9),
    )
    SessionFactory(run=run, number=1, starts_at=now + timedelta(days=20))
    SeatPoolFactory(run=run, capacity=PLACES)
    return run


def keep_applying(port: int, code: str, person: str, turned_away: list[str]) -> None:
    """As people do: when nothing comes back, the same form is sent again."""
    end = time.monotonic() + PATIENCE
    applicant = None
    while time.monotonic() < end:
        try:
            if applicant is None:
                opened = Applicant(port, code, person)
                opened.open_form()
                applicant = opened
            applicant.send()
        except (OSError, http.client.HTTPException):
            if applicant is not None:
                applicant.connection.close()
            time.sleep(0.05)
        except AssertionError:
            turned_away.append(person)
            return
        else:
            return


def apply_while_workers_are_killed(run, application: str) -> list[str]:
    """Returns who got another answer than a receipt."""
    turned_away: list[str] = []
    with web(application) as (port, master):
        people = [
            threading.Thread(
                target=lambda n=n: [
                    keep_applying(port, run.code, f"p{n}-{m}", turned_away)
                    for m in range(EACH)
                ]
            )
            for n in range(CLIENTS)
        ]
        for one in people:
            one.start()
        killed = kill_some(master.pid, while_alive=people)
        for one in people:
            one.join(PATIENCE)
    assert killed >= 2
    return turned_away


def assert_nothing_is_half_done() -> None:
    emails = Application.objects.values_list("email", flat=True)
    expected = {f"p{n}-{m}@example.jp" for n in range(CLIENTS) for m in range(EACH)}
    assert Counter(emails) == dict.fromkeys(expected, 1), "each once, whoever was killed"
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {"accepted": PLACES, "waiting": CLIENTS * EACH - PLACES}
    told = Notification.objects.values_list("application__email", flat=True)
    assert Counter(told) == dict.fromkeys(expected, 1)
    assert differences() == []


def test_web_workers_killed_while_people_apply_leave_nothing_half_done(run):
    assert apply_while_workers_are_killed(run, "cms.wsgi") == []
    assert_nothing_is_half_done()


if connection.vendor == "sqlite":  # once is enough: it is the test that is tried

    def test_control_what_is_committed_half_way_stays_half_done(run):
        apply_while_workers_are_killed(run, "tests.concurrency.careless_wsgi")

        with pytest.raises(AssertionError):
            assert_nothing_is_half_done()
        half = Application.objects.filter(state="received")
        assert half.exists(), "somebody has a receipt number and no answer"
        assert not Notification.objects.filter(application__in=half).exists()


def kill_some(master: int, *, while_alive: list[threading.Thread]) -> int:
    """One worker after the other, at odd moments; gunicorn starts new ones."""
    killed = 0
    while killed < 6 and any(one.is_alive() for one in while_alive):
        time.sleep(0.11 + 0.07 * killed)
        workers = psutil.Process(master).children()
        if Application.objects.exists() and workers:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed += 1
    return killed


@pytest.fixture
def messages(transactional_db):
    for number in range(MESSAGES):
        write_message(
            kind=MessageKind.OTHER,
            occasion=f"occasion:{number}",
            subject=f"お知らせ{number}",
            body="本文",
            recipient=f"p{number}@example.jp",
            at=timezone.now(),
        )


def kill_worker_while_it_sends(server) -> None:
    with worker(server.port) as process:
        _wait(lambda: len(server.received) >= 3)
        os.kill(process.pid, signal.SIGKILL)


def send_the_rest(server) -> None:
    with worker(server.port):
        _wait(lambda: not _in(NotificationState.PENDING) and not _in(SENDING))


SENDING = NotificationState.SENDING


def _in(state: NotificationState) -> int:
    return Notification.objects.filter(state=state).count()


def _wait(done) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def test_worker_killed_while_it_sends_loses_and_repeats_no_mail(messages):
    with slow_smtp(pause=0.4) as server:
        kill_worker_while_it_sends(server)
        assert _in(SENDING) == 1
        assert mark_abandoned(at=timezone.now() + timedelta(minutes=11)) == 1
        send_the_rest(server)

        times = Counter(server.received)
    doubtful = Notification.objects.get(state=NotificationState.IN_DOUBT)
    sent = Notification.objects.filter(state=NotificationState.SENT)
    assert sent.count() == MESSAGES - 1
    assert {str(m.message_id) for m in sent} <= set(times)
    assert max(times.values()) == 1, "nothing was sent twice"
    assert doubtful.last_error, "a person is told why it is in doubt"
    assert differences() == []


if connection.vendor == "sqlite":  # once is enough: it is the test that is tried

    def test_control_without_the_doubt_the_mail_would_be_sent_twice(messages):
        with slow_smtp(pause=0.4) as server:
            kill_worker_while_it_sends(server)
            claimed = Notification.objects.filter(state=SENDING)
            claimed.update(state=NotificationState.PENDING)
            send_the_rest(server)

            assert max(Counter(server.received).values()) == 2
