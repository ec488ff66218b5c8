"""`manage.py worker --once` does every periodic duty: each test leaves it to the command
alone, and would fail if its duty were left out."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drafts import draft_of, keep_draft
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.held_again import ask_to_be_told
from enrollments.domain.leaving import withdraw
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, HeldAgainWish, KnownRun, Notification, Offer
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _worker_at(moment) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("worker", "--once")


@pytest.fixture
def run():
    """Two places; the session is in a fortnight."""
    run = CourseRunFactory(course=CourseFactory(title="防災入門"))
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1)
    return run


@pytest.fixture
def four(run) -> list[Application]:
    """Two with a place, two waiting."""
    return [
        apply_for_seat(
            run=run, request=request_by(person), by=None, at=NOON + minute * HOUR / 60
        )
        for minute, person in enumerate((HANAKO, TARO, JIRO, KEIKO))
    ]


def _subjects_to(application: Application) -> list[str]:
    return [one.subject for one in mail.outbox if one.to == [application.email]]


def test_worker_sends_what_is_due(run, four):
    _worker_at(NOON + HOUR)

    assert [len(_subjects_to(one)) for one in four] == [1, 1, 1, 1]
    states = Notification.objects.values_list("state", flat=True)
    assert set(states) == {NotificationState.SENT}
    _worker_at(NOON + 2 * HOUR)
    assert len(mail.outbox) == 4


def test_worker_reminds_of_an_offer_half_way_and_passes_it_on_at_its_end(run, four):
    withdraw(application=four[0], by=None, at=NOON + HOUR)
    offer = Offer.objects.get()
    half = offer.made_at + (offer.reply_by - offer.made_at) / 2

    _worker_at(half - HOUR)
    reminders = Notification.objects.filter(kind=MessageKind.OFFER_REMINDER)
    assert not reminders.exists()
    _worker_at(half + HOUR)
    assert reminders.get().application == four[2]
    assert len(_subjects_to(four[2])) == 3
    _worker_at(offer.reply_by)

    four[2].refresh_from_db()
    four[3].refresh_from_db()
    assert (four[2].state, four[3].state) == (State.EXPIRED, State.OFFERED)
    assert Offer.objects.filter(state="open").get().application == four[3]


def test_worker_announces_a_draw_at_its_time(run):
    run.selection_mode, run.results_at = "lottery", NOON + 13 * DAY
    run.save()
    people = [
        apply_for_seat(run=run, request=request_by(person), by=None, at=NOON)
        for person in (HANAKO, TARO, JIRO)
    ]
    officer = StaffProfileFactory(department=run.course.department).user
    draw = freeze(
        despite_same_names=True,
        run=run,
        secret=bytes(32),
        source="ナンバーズ4の当せん番号",
        source_on=date(2026, 12, 3),
        by=officer,
        at=NOON + 11 * DAY,
    )
    hold(draw=draw, public_value="2718", by=officer, at=NOON + 12 * DAY)

    _worker_at(NOON + 13 * DAY - HOUR)
    draw.refresh_from_db()
    assert draw.state == "held"
    _worker_at(NOON + 13 * DAY)

    draw.refresh_from_db()
    assert draw.state == "announced"
    states = Application.objects.values_list("state", flat=True)
    assert sorted(states) == [State.ACCEPTED, State.ACCEPTED, State.WAITING]
    assert [len(_subjects_to(one)) for one in people] == [2, 2, 2]


def test_worker_accepts_everybody_where_all_fit(run):
    run.selection_mode = "lottery_if_over"
    run.save()
    hanako = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)

    _worker_at(run.applications_close_at - HOUR)
    hanako.refresh_from_db()
    assert hanako.state == State.AWAITING_DRAW
    _worker_at(run.applications_close_at)

    hanako.refresh_from_db()
    assert hanako.state == State.ACCEPTED


def test_worker_reminds_of_a_session_once(run, four):
    run.reminder_days = 1
    run.save()
    reminders = Notification.objects.filter(kind=MessageKind.REMINDER)
    day_before = NOON + 13 * DAY

    _worker_at(day_before - DAY)
    assert not reminders.exists()
    for hours in (0, 1):
        _worker_at(day_before + hours * HOUR)

    told = reminders.order_by("application").values_list("application", flat=True)
    assert list(told) == [four[0].pk, four[1].pk]
    assert [one.state for one in reminders] == [NotificationState.SENT] * 2


def test_worker_forgets_drafts_whose_time_is_up(run):
    token = str(uuid4())
    keep_draft(token=token, about=run, fields={"family_name": ["山田"]}, at=NOON)

    _worker_at(NOON + 7 * DAY - HOUR)
    assert draft_of(token=token, about=run, at=NOON) is not None
    _worker_at(NOON + 7 * DAY)

    assert draft_of(token=token, about=run, at=NOON) is None


def test_worker_forgets_wishes_that_nobody_confirmed(run):
    ask_to_be_told(course=run.course, email="h@example.jp", language="ja", at=NOON)

    _worker_at(NOON + 7 * DAY - HOUR)
    assert HeldAgainWish.objects.count() == 1
    _worker_at(NOON + 8 * DAY)

    assert not HeldAgainWish.objects.exists()


def test_worker_tells_that_a_course_is_held_again(run):
    wish = HeldAgainWish.objects.create(
        course=run.course,
        email="h@example.jp",
        created_at=NOON,
        confirmed_at=NOON,
    )
    KnownRun.objects.create(wish=wish, run=run)
    _worker_at(NOON + HOUR)
    assert mail.outbox == []
    later = CourseRunFactory(
        course=run.course,
        applications_open_at=NOON + DAY,
        applications_close_at=NOON + 30 * DAY,
    )
    SeatPoolFactory(run=later)
    SessionFactory(run=later, starts_at=NOON + 40 * DAY)

    _worker_at(NOON + 2 * DAY)

    assert [one.to for one in mail.outbox] == [["h@example.jp"]]
