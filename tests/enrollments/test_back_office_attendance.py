"""Marking attendance, calling a session off, the outbox."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.enums import SelectionMode, SessionState
from enrollments.domain.applying import apply_for_seat
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Attendance, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(run, now):
    return run.sessions.get()


@pytest.fixture
def people(run, now):
    """Taro, then Hanako in order of reading; Jiro waits."""
    for person in (HANAKO, TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    found = run.applications.order_by("pk")
    return [application.participants.get() for application in found]


@pytest.fixture
def at_the_door(client, department, session, people):
    """The officer, when the session begins."""
    user = officer_of(department)
    with time_machine.travel(session.starts_at, tick=False):
        client.force_login(user)
        yield user


def _door(session) -> str:
    return reverse("manage_attendance", args=[session.pk])


def _marks() -> dict[str, str]:
    rows = Attendance.objects.values_list("participant__family_name", "status")
    return dict(rows)


def test_roster_is_in_order_of_reading_and_of_those_with_a_place(
    client, at_the_door, session
):
    rows = client.get(_door(session)).context["rows"]

    assert [(person.family_name, status) for person, status in rows] == [
        ("佐藤", ""),
        ("山田", ""),
    ]


def test_marks_are_saved_and_shown(client, at_the_door, session, people):
    hanako, taro, _jiro = people
    data = {f"mark-{hanako.pk}": "late", f"mark-{taro.pk}": "present"}

    response = client.post(_door(session), data, follow=True)
    assert _marks() == {"山田": "late", "佐藤": "present"}
    assert "2人の出席を記録しました。" in response.content.decode()
    assert Attendance.objects.first().recorded_by == at_the_door


def test_everybody_else_is_present_with_one_button(client, at_the_door, session, people):
    hanako, taro, _jiro = people
    data = {
        f"mark-{hanako.pk}": "absent",
        f"was-{hanako.pk}": "",
        f"mark-{taro.pk}": "",
        f"was-{taro.pk}": "",
        "everybody": "present",
    }

    client.post(_door(session), data)
    assert _marks() == {"山田": "absent", "佐藤": "present"}


def test_only_changed_rows_are_written(client, at_the_door, session, people):
    """Somebody else at the door marked Taro while this form was open."""
    hanako, taro, _jiro = people
    Attendance.objects.create(
        session=session, participant=taro, status=Status.LATE, recorded_at=NOON
    )
    data = {
        f"mark-{hanako.pk}": "present",
        f"was-{hanako.pk}": "",
        f"mark-{taro.pk}": "",
        f"was-{taro.pk}": "",
    }

    client.post(_door(session), data)
    assert _marks() == {"山田": "present", "佐藤": "late"}


def test_mark_is_taken_back(client, at_the_door, session, people):
    hanako = people[0]
    Attendance.objects.create(
        session=session, participant=hanako, status=Status.LATE, recorded_at=NOON
    )

    client.post(_door(session), {f"mark-{hanako.pk}": "", f"was-{hanako.pk}": "late"})
    assert _marks() == {}


def test_nonsense_marks_are_passed_over(client, at_the_door, session, people):
    data = {f"mark-{people[0].pk}": "dancing", "mark-x": "present", "mark-²": "present"}

    assert client.post(_door(session), data).status_code == 302
    assert _marks() == {}


def test_people_without_a_place_are_refused(client, at_the_door, session, people):
    jiro = people[2]

    response = client.post(_door(session), {f"mark-{jiro.pk}": "present"})
    assert response.status_code == 409
    assert "名簿にない方" in response.content.decode()
    assert _marks() == {}


def test_attendance_waits_for_the_day(client, department, session, people):
    client.force_login(officer_of(department))
    with time_machine.travel(session.starts_at - timedelta(days=1), tick=False):
        response = client.post(_door(session), {f"mark-{people[0].pk}": "present"})

    assert response.status_code == 409
    assert _marks() == {}


@pytest.fixture
def at_noon(client, department):
    user = officer_of(department)
    with time_machine.travel(NOON, tick=False):
        client.force_login(user)
        yield user


def _cancel(session) -> str:
    return reverse("manage_session_cancel", args=[session.pk])


def test_calling_off_says_first_whom_it_touches(client, at_noon, run, session, people):
    run.applications.filter(participants=people[1]).update(email="", phone="0420-1")

    html = client.get(_cancel(session)).content.decode()
    assert "2人にメールを送ります。" in html
    assert "電話や郵送での連絡が必要な方は1人です。" in html
    session.refresh_from_db()
    assert session.state == SessionState.SCHEDULED


def test_calling_off_needs_a_reason(client, at_noon, session):
    assert client.post(_cancel(session), {"reason": " "}).status_code == 422
    session.refresh_from_db()
    assert session.state == SessionState.SCHEDULED


def test_called_off_session_is_told_once_to_everybody(client, at_noon, session, people):
    first = client.post(_cancel(session), {"reason": "大雨のため"})
    second = client.post(_cancel(session), {"reason": "大雨のため"})

    session.refresh_from_db()
    told = Notification.objects.filter(kind=MessageKind.SESSION_CANCELLED)
    assert (session.state, session.state_note) == (SessionState.CANCELLED, "大雨のため")
    assert (first.status_code, second.status_code, told.count()) == (302, 409, 3)


def test_those_who_wait_for_a_draw_are_told_too(client, at_noon, department, now):
    run = CourseRunFactory(
        course__department=department, selection_mode=SelectionMode.LOTTERY
    )
    SeatPoolFactory(run=run)
    session = SessionFactory(run=run, number=1)
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    client.post(_cancel(session), {"reason": "大雨のため"})
    assert Notification.objects.filter(kind=MessageKind.SESSION_CANCELLED).count() == 1


@pytest.fixture
def messages(people):
    """One that failed, one to telephone, one that went out."""
    found = list(Notification.objects.order_by("pk"))
    for message, state in zip(
        found,
        (NotificationState.DEAD, NotificationState.BY_HAND, NotificationState.SENT),
        strict=True,
    ):
        message.state = state
        message.save()
    return found


def test_outbox_shows_first_what_needs_somebody(client, at_noon, messages):
    page = client.get(reverse("manage_messages")).context["page_obj"]

    assert {message.state for message in page} == {"dead", "by_hand"}


def test_outbox_is_filtered_by_state(client, at_noon, messages):
    address = reverse("manage_messages")

    for state, number in (("sent", 1), ("dead", 1), ("pending", 0), ("nonsense", 2)):
        page = client.get(address, {"state": state}).context["page_obj"]
        assert len(page) == number, state


@pytest.mark.parametrize(
    ("which", "action", "state"),
    [
        (0, "again", NotificationState.PENDING),
        (0, "settled", NotificationState.SENT),
        (1, "settled", NotificationState.SENT),
        (1, "again", NotificationState.BY_HAND),
        (2, "again", NotificationState.SENT),
    ],
)
def test_message_is_sent_again_or_settled(client, at_noon, messages, which, action, state):
    address = reverse("manage_message_settle", args=[messages[which].pk])

    client.post(address, {"action": action})
    messages[which].refresh_from_db()
    assert messages[which].state == state


def test_messages_are_not_settled_by_following_a_link(client, at_noon, messages):
    address = reverse("manage_message_settle", args=[messages[0].pk])

    assert client.get(address).status_code == 405
