"""The form of one run: an old tab is noticed, and nobody is written to unasked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cms.permissions import set_up_roles
from courses.domain.fingerprint import fingerprint_of
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName
from enrollments.enums import MessageKind
from enrollments.models import Notification
from tests.cms.manage_forms import rows, run_data
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(site, client) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def run(officer) -> CourseRun:
    course = CourseFactory(department=officer.staff_profile.department)
    run = CourseRunFactory(course=course, capacity_unit="persons")
    SeatPoolFactory(run=run, capacity=20)
    SessionFactory(run=run, starts_at=NOON + timedelta(days=14))
    return run


def _data(run: CourseRun, **changes: str) -> dict[str, str]:
    session = run.sessions.get()
    begins, ends = (timezone.localtime(m) for m in (session.starts_at, session.ends_at))
    row = {
        "pk": str(session.pk),
        "day": f"{begins:%Y-%m-%d}",
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "title": session.title,
    }
    said = run_data(capacity_general="20") | rows(row, there=1) | {"step": "save"}
    return said | {"seen_run": fingerprint_of(run)} | changes


def _edit(run: CourseRun) -> str:
    return reverse("manage_run_edit", args=[run.code])


def _moved(run: CourseRun, **changes: str) -> dict[str, str]:
    return _data(run, **{"sessions-0-day": "2026-12-12"}, **changes)


def _apply(run: CourseRun, person: PersonName, **contact: str) -> None:
    apply_for_seat(run=run, request=request_by(person, **contact), by=None, at=NOON)


def _told() -> int:
    return Notification.objects.filter(kind=MessageKind.SESSION_MOVED).count()


def test_old_tab_does_not_undo_what_a_colleague_saved(client, run):
    old_tab = _data(run, **{"run-bring": "筆記用具"})
    client.post(_edit(run), _moved(run))
    day = run.sessions.get().starts_at

    response = client.post(_edit(run), old_tab)

    assert response.status_code == 409
    page = response.content.decode()
    assert "先に保存しました" in page
    assert 'value="筆記用具"' in page
    run.refresh_from_db()
    assert (run.sessions.get().starts_at, run.bring) == (day, "")


def test_after_the_warning_the_same_form_is_taken(client, run):
    old_tab = _data(run, **{"run-bring": "筆記用具"})
    client.post(_edit(run), _moved(run))
    warned = client.post(_edit(run), old_tab)

    client.post(_edit(run), old_tab | {"seen_run": warned.context["seen_run"]})

    run.refresh_from_db()
    assert run.bring == "筆記用具"


def test_more_rows_do_not_make_an_old_tab_new(client, run):
    old_tab = _data(run)
    client.post(_edit(run), _moved(run))

    shown = client.post(_edit(run), old_tab | {"step": "more"})

    assert shown.context["seen_run"] == old_tab["seen_run"]


def test_applicants_are_told_only_once_the_officer_has_seen_whom(client, run):
    _apply(run, HANAKO, email="hanako@example.jp")
    _apply(run, TARO, email="", phone="0420-00-0000")
    before = run.sessions.get().starts_at

    asked = client.post(_edit(run), _moved(run))

    page = asked.content.decode()
    assert (asked.status_code, _told()) == (409, 0)
    assert "1件にメールを送ります。電話や郵送での連絡が必要なのは1件です。" in page
    assert "12月5日（土）12:00 → 12月12日（土）12:00〜14:00" in page
    assert run.sessions.get().starts_at == before

    client.post(_edit(run), _moved(run, tell="1"))

    assert _told() == 2
    assert run.sessions.get().starts_at == before + timedelta(days=7)


def test_change_of_place_is_shown_with_both_places(client, run):
    _apply(run, HANAKO)
    hall = VenueFactory(name="中央会館")
    former, room = (RoomFactory(venue=hall, name=name) for name in ("会議室", "和室"))
    run.sessions.update(room=former)

    asked = client.post(_edit(run), _data(run, **{"sessions-0-room": room.pk}))

    assert asked.status_code == 409
    shown = "<li>12月5日（土）12:00〜14:00　中央会館 会議室 → 中央会館 和室</li>"
    assert shown in asked.content.decode()


def test_nobody_is_asked_about_what_applicants_need_not_know(client, run):
    _apply(run, HANAKO)

    response = client.post(_edit(run), _data(run, **{"run-label": "秋の回"}))

    assert (response.status_code, _told()) == (302, 0)
