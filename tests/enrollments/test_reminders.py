"""Reminders before sessions: once per date, by mail, to those who want them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from courses.enums import RunState, SessionState
from courses.models import SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.delivery import deliver_due
from enrollments.domain.leaving import withdraw
from enrollments.domain.reminder_links import reminders_stop_path
from enrollments.domain.reminders import remind
from enrollments.enums import MessageKind
from enrollments.models import Notification
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import SeatPoolFactory, SessionFactory

DAY = timedelta(days=1)
# What comes, its run's sessions, the lock, who was told, whom, the wordings, the rows; and
# the marks of the transaction.
COST = 10


@pytest.fixture
def hanakos(run, now):
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


@pytest.fixture
def morning_before(now):
    """Nine o'clock on the day before the session, which is in a fortnight at noon."""
    return (now + timedelta(days=13)).replace(hour=9)


def reminded() -> list[int]:
    found = Notification.objects.filter(kind=MessageKind.REMINDER).order_by("pk")
    return list(found.values_list("application", flat=True))


def test_reminder_is_due_from_nine_on_the_day_before(hanakos, morning_before):
    assert remind(at=morning_before - timedelta(minutes=1)) == 0
    assert remind(at=morning_before) == 1

    told = Notification.objects.get(kind=MessageKind.REMINDER)
    assert told.subject == "12月5日（土）は「防災入門」の日です"
    assert "第1回: 12月5日（土）12:00〜14:00" in told.body
    assert told.stop_url.endswith(reminders_stop_path(hanakos))
    assert told.stop_url in told.body


def test_reminder_is_written_once(hanakos, morning_before):
    remind(at=morning_before)

    assert remind(at=morning_before + timedelta(hours=1)) == 0
    assert reminded() == [hanakos.pk]


def test_run_without_reminders_sends_none(run, hanakos, morning_before):
    run.reminder_days = None
    run.save()

    assert remind(at=morning_before) == 0


def test_three_days_before_where_the_run_says_so(run, hanakos, morning_before):
    run.reminder_days = 3
    run.save()

    assert remind(at=morning_before - 2 * DAY - timedelta(minutes=1)) == 0
    assert remind(at=morning_before - 2 * DAY) == 1


def test_nobody_is_reminded_of_a_session_that_is_not_held(run, hanakos, morning_before):
    Session.objects.update(state=SessionState.CANCELLED)

    assert remind(at=morning_before) == 0


def test_nobody_is_reminded_of_a_cancelled_run(run, hanakos, morning_before):
    run.state = RunState.CANCELLED
    run.save()

    assert remind(at=morning_before) == 0


def test_moved_session_is_reminded_of_for_its_new_date(run, hanakos, morning_before):
    remind(at=morning_before)
    session = run.sessions.get()
    session.starts_at += 7 * DAY
    session.ends_at += 7 * DAY
    session.save()

    assert remind(at=morning_before + 6 * DAY) == 0
    assert remind(at=morning_before + 7 * DAY) == 1


def test_session_moved_within_the_day_is_not_reminded_of_again(
    run, hanakos, morning_before
):
    remind(at=morning_before)
    Session.objects.update(starts_at=run.sessions.get().starts_at + timedelta(minutes=30))

    assert remind(at=morning_before) == 0


def test_who_does_not_want_it_who_left_and_who_has_no_mail_are_not_reminded(
    run, pool, hanakos, now, morning_before
):
    SeatPool.objects.update(capacity=9)
    hanakos.wants_reminders = False
    hanakos.save()
    left = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    withdraw(application=left, by=None, at=now)
    by_phone = request_by(TARO, email="", phone="0420-11-2222")
    apply_for_seat(run=run, request=by_phone, by=None, at=now)

    assert remind(at=morning_before) == 0


def test_who_got_the_place_after_the_time_of_reminding_is_not_reminded(run, morning_before):
    run.applications_close_at = None
    run.applications_close_at = morning_before + DAY
    run.save()
    late = morning_before + timedelta(hours=1)
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=late)

    assert remind(at=late + timedelta(minutes=1)) == 0


def test_who_chose_another_session_is_not_reminded(run, now, morning_before):
    chosen, other = run.sessions.get(), SessionFactory(run=run, number=2)
    run.pools.all().delete()
    run.chooses_session = True
    run.save()
    SeatPoolFactory(run=run, session=chosen)
    wish = request_by(HANAKO, session=chosen.pk)
    apply_for_seat(run=run, request=wish, by=None, at=now)

    remind(at=morning_before)
    told = Notification.objects.get(kind=MessageKind.REMINDER)
    assert chosen.uid in told.occasion
    assert other.uid not in told.occasion


@pytest.mark.parametrize(("sessions", "expected"), [(3, [1, 2, 3]), (4, [1])])
def test_weekly_course_reminds_of_each_where_there_are_few(
    run, hanakos, morning_before, sessions, expected
):
    first = run.sessions.get()
    for number in range(2, sessions + 1):
        moment = first.starts_at + (number - 1) * 7 * DAY
        SessionFactory(run=run, number=number, starts_at=moment)

    for week in range(sessions):
        remind(at=morning_before + week * 7 * DAY)
    assert [
        Session.objects.get(uid=occasion.split(":")[1]).number
        for occasion in Notification.objects.filter(kind=MessageKind.REMINDER)
        .order_by("pk")
        .values_list("occasion", flat=True)
    ] == expected


def test_session_after_a_long_pause_is_reminded_of(run, hanakos, morning_before):
    first = run.sessions.get()
    for number, days in ((2, 7), (3, 14), (4, 24)):
        moment = first.starts_at + days * DAY
        SessionFactory(run=run, number=number, starts_at=moment)

    remind(at=morning_before)
    assert remind(at=morning_before + 14 * DAY) == 0
    assert remind(at=morning_before + 24 * DAY) == 1


def test_one_query_where_nothing_is_due(run, hanakos, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        remind(at=now)


@pytest.mark.parametrize("people", [1, 3])
def test_cost_does_not_grow_with_the_people(
    run, hanakos, now, morning_before, people, django_assert_num_queries
):
    SeatPool.objects.update(capacity=9)
    for person in (TARO, JIRO)[: people - 1]:
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)

    with django_assert_num_queries(COST):
        assert remind(at=morning_before) == people


def test_mail_can_be_stopped_by_one_click(hanakos, morning_before, client):
    remind(at=morning_before)
    deliver_due(at=morning_before)
    message = mail.outbox[-1]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    path = address.partition("://")[2].partition("/")[2]

    assert client.get(f"/{path}").status_code == 200
    hanakos.refresh_from_db()
    assert hanakos.wants_reminders

    answer = client.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "止めました" in answer.content.decode()) == (200, True)
    hanakos.refresh_from_db()
    assert not hanakos.wants_reminders


def test_forged_stop_link_is_not_found(hanakos, client):
    forged = reverse("reminders_stop", args=[f"{hanakos.public_id.hex}.forged"])
    assert client.post(forged).status_code == 404
