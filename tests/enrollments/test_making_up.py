"""振替 at the door: somebody of another run comes to this session instead."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from accounts.models import AccessLog
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.audit import differences
from enrollments.domain.door_codes import arrive
from enrollments.domain.making_up import (
    came_from_elsewhere,
    found_elsewhere,
    make_up_here,
    sessions_missed,
    take_back,
)
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import DoorAnswer
from enrollments.models import Attendance, AttendanceMark
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def here(run):
    """The session at whose door somebody stands."""
    return run.sessions.get()


@pytest.fixture
def own(run, here):
    """Another run of the course: its first session was a week ago, the second comes."""
    other = CourseRunFactory(course=run.course, label="日曜コース")
    SeatPoolFactory(run=other, capacity=3)
    SessionFactory(run=other, number=1, starts_at=here.starts_at - WEEK)
    SessionFactory(run=other, number=2, starts_at=here.starts_at + WEEK)
    return other


@pytest.fixture
def hanako(own, now):
    found = apply_for_seat(run=own, request=request_by(HANAKO), by=None, at=now)
    return found.participants.get()


def _sessions(own) -> list[int]:
    return list(own.sessions.order_by("number").values_list("pk", flat=True))


def test_people_of_other_runs_of_the_course_are_found(own, here, hanako, now):
    elsewhere = CourseRunFactory()
    SeatPoolFactory(run=elsewhere)
    apply_for_seat(run=elsewhere, request=request_by(HANAKO), by=None, at=now)

    assert found_elsewhere(here, "やま") == [hanako]
    assert found_elsewhere(here, "さ") == []
    assert found_elsewhere(here, " ") == []


def test_the_session_of_the_same_number_is_likely(own, here, hanako, officer):
    first, second = _sessions(own)
    found = sessions_missed(hanako, here)
    assert [(one.session.pk, one.is_likely) for one in found] == [
        (first, True),
        (second, False),
    ]
    record_attendance(
        session=own.sessions.get(pk=first),
        marks={hanako.pk: Status.PRESENT},
        by=officer,
        at=here.starts_at,
    )
    (left,) = sessions_missed(hanako, here)
    assert (left.session.pk, left.is_likely) == (second, True)


@pytest.mark.parametrize("which", [0, 1])
def test_a_session_is_made_up_before_or_after_it(own, here, hanako, officer, which):
    missed = _sessions(own)[which]
    make_up_here(
        session=here,
        participant=hanako,
        missed=missed,
        seen="",
        by=officer,
        at=here.starts_at,
    )

    (mark,) = came_from_elsewhere(here)
    assert (mark.session_id, mark.status, mark.participant) == (missed, "made_up", hanako)
    assert differences() == []


def test_nobody_makes_up_in_a_session_to_come(own, here, hanako, officer, now):
    with pytest.raises(refusals.SessionNotStarted):
        make_up_here(
            session=here,
            participant=hanako,
            missed=_sessions(own)[0],
            seen="",
            by=officer,
            at=here.starts_at - timedelta(days=1),
        )


def test_only_own_sessions_are_made_up_and_by_the_section(own, here, hanako, officer):
    call = {"session": here, "participant": hanako, "seen": "", "at": here.starts_at}
    with pytest.raises(refusals.NotOnTheList):
        make_up_here(**call, missed=here.pk, by=officer)
    with pytest.raises(NotAllowed):
        make_up_here(**call, missed=_sessions(own)[0], by=StaffProfileFactory().user)
    assert Attendance.objects.count() == 0


def test_it_is_taken_back_with_its_trace(own, here, hanako, officer):
    make_up_here(
        session=here,
        participant=hanako,
        missed=_sessions(own)[0],
        seen="",
        by=officer,
        at=here.starts_at,
    )
    take_back(session=here, participant=hanako.pk, by=officer, at=here.starts_at)

    assert came_from_elsewhere(here) == []
    assert list(AttendanceMark.objects.values_list("status", flat=True)) == ["made_up", ""]
    with pytest.raises(refusals.NotOnTheList):
        take_back(session=here, participant=hanako.pk, by=officer, at=here.starts_at)


def test_the_receipt_of_other_dates_says_so_until_it_is_made_up(own, here, hanako, officer):
    show = {
        "session": here,
        "code": hanako.door_code,
        "by": officer,
        "at": here.starts_at,
    }
    first = arrive(**show)
    assert (first.answer, first.person) == (DoorAnswer.OTHER_DATES, hanako)
    assert Attendance.objects.count() == 0

    make_up_here(
        session=here,
        participant=hanako,
        missed=_sessions(own)[0],
        seen="",
        by=officer,
        at=here.starts_at,
    )
    assert arrive(**show).answer == DoorAnswer.ALREADY


# -- on the phone


@pytest.fixture
def at_the_door(client, run, here):
    with time_machine.travel(here.starts_at, tick=False):
        client.force_login(officer_of(run.course.department))
        yield client


def test_officer_searches_and_chooses_the_session(at_the_door, own, here, hanako):
    door = reverse("door", args=[here.pk])
    search = reverse("door_elsewhere", args=[here.pk])
    assert search in at_the_door.get(door).content.decode()

    html = at_the_door.get(search, {"q": "やま"}).content.decode()
    choice = reverse("door_made_up", args=[here.pk, hanako.pk])
    assert choice in html
    assert "日曜コース" in html
    assert AccessLog.objects.filter(subject__endswith="振替").get().people == 1

    missed = _sessions(own)[0]
    assert f'value="{missed}:"' in at_the_door.get(choice).content.decode()
    at_the_door.post(choice, {"missed": f"{missed}:"})
    html = at_the_door.get(door).content.decode()
    assert "山田 花子さんを振替で受け付けました。" in html
    assert "ほかの開催から振替で来た方　1人" in html

    at_the_door.post(reverse("door_not_made_up", args=[here.pk, hanako.pk]))
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("missed", ["", "x:", "0:dancing", "²:"])
def test_nonsense_makes_up_nothing(at_the_door, own, here, hanako, missed):
    choice = reverse("door_made_up", args=[here.pk, hanako.pk])
    assert at_the_door.post(choice, {"missed": missed}).status_code == 200
    assert Attendance.objects.count() == 0


def test_a_scan_leads_to_the_choice(at_the_door, own, here, hanako):
    address = reverse("door_code", args=[here.pk])
    choice = reverse("door_made_up", args=[here.pk, hanako.pk])
    sent = {"code": hanako.door_code}
    answer = at_the_door.post(address, sent, HTTP_ACCEPT="application/json").json()
    assert (answer["answer"], answer["instead"]) == ("other_dates", choice)
    assert at_the_door.post(address, sent).url == choice


def test_people_of_the_own_run_or_another_course_have_no_such_page(
    at_the_door, run, here, now
):
    found = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    person = found.participants.get()
    choice = reverse("door_made_up", args=[here.pk, person.pk])
    assert at_the_door.get(choice).status_code == 404
    door = reverse("door", args=[here.pk])
    assert "振替で来た方を受け付ける" not in at_the_door.get(door).content.decode()
