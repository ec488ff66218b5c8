"""All calendar mails that one person gets from the place on to the end, taken apart by the
standard library and read by the foreign readers, beside the calendar they subscribe to."""

from datetime import timedelta
from email.utils import parseaddr

import pytest
import time_machine
import vobject
from allauth.account.models import EmailAddress
from django.core.cache import cache

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_tokens import issue_calendar_token
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import application_calendar_path
from enrollments.domain.session_changes import cancel_session_and_tell
from enrollments.models import Application
from tests.calendars.agreement import read_alike
from tests.calendars.content_lines import complaints
from tests.courses.calendars import unfolded
from tests.enrollments.mails import INVITATION, leave, move, parts_of, shape_of, text_of
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY, HOUR, WEEK = timedelta(days=1), timedelta(hours=1), timedelta(days=7)
MAIL, FROM = "hanako@example.jp", "no-reply@manabiba.example"


class Life:
    """Somebody with a place in three sessions, and what has reached them."""

    def __init__(self, client, now, user):
        department = DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")
        course = CourseFactory(title="防災入門", department=department)
        self.run = CourseRunFactory(course=course)
        SeatPoolFactory(run=self.run)
        for number in (1, 2, 3):
            start = now + (number + 1) * WEEK
            SessionFactory(run=self.run, number=number, starts_at=start)
        self.officer = StaffProfileFactory(department=department).user
        self.client, self.now, self.user = client, now, user
        self.known: dict[str, int] = {}

    @property
    def application(self) -> Application:
        return Application.objects.get(run=self.run)

    @property
    def address(self) -> str:
        if self.user is None:
            return application_calendar_path(self.application)
        return "/calendar/token-of-hanako.ics"

    def session(self, number):
        return self.run.sessions.get(number=number)

    def step(self, act):
        """An hour later somebody acts; returns what the one mail asks, by method."""
        self.now += HOUR
        with time_machine.travel(self.now, tick=False):
            act()
            (mail,) = leave(self.now)
            feed = self.client.get(self.address)
            assert complaints(feed.content) == []
            shown = {event.uid: event for event in read_alike(feed.content)}
            return mail, self._read(mail, shown)

    def _read(self, mail, shown):
        """Every calendar in it is right, and none tells less than is known or shown."""
        asked, before = [], dict(self.known)
        for part in parts_of(mail):
            if part.kind not in ("text/calendar", "application/ics"):
                continue
            assert complaints(part.body) == []
            method, events = self._understood(part, mail)
            for event in events:
                if event.uid in shown:
                    assert event == shown[event.uid]
                assert event.sequence > before.get(event.uid, -1)
                self.known[event.uid] = event.sequence
                asked.append((part.kind, method, event.status, event.summary))
        return asked

    def _understood(self, part, mail):
        events = read_alike(part.body)
        calendar = vobject.readOne(part.body.decode())
        method = calendar.method.value
        if part.kind == "text/calendar":
            assert part.part["Content-Type"].params["method"] == method == method.upper()
            assert part.part.get_content_charset() == "utf-8"
            assert part.part["Content-Transfer-Encoding"] == "base64"
        for event in calendar.vevent_list:
            sender = f"mailto:{parseaddr(mail['From'])[1]}"
            assert event.organizer.value == sender == f"mailto:{FROM}"
            invited = [one.value for one in event.contents.get("attendee", [])]
            assert invited == ([] if method == "PUBLISH" else [f"mailto:{MAIL}"])
        if method != "PUBLISH":
            assert len(events) == 1
        assert "METHOD:" + method in unfolded(part.body)
        return method, events


@pytest.fixture(params=["with an account", "without one"])
def life(request, client, now, settings):
    cache.clear()
    settings.PUBLIC_URL = "https://manabiba.example"
    user = None
    if request.param == "with an account":
        user = UserFactory(email=MAIL)
        EmailAddress.objects.create(user=user, email=MAIL, verified=True)
        issue_calendar_token(user=user, name="時計", token="token-of-hanako", at=now)
    return Life(client, now, user)


@pytest.fixture
def accepted(life):
    request = request_by(HANAKO, email=MAIL)

    def apply():
        apply_for_seat(run=life.run, request=request, by=life.user, at=life.now)

    mail, asked = life.step(apply)
    where = "/my/calendar/" if life.user else application_calendar_path(life.application)
    assert f"https://manabiba.example{where}\n" in text_of(mail)
    assert shape_of(mail) == [("/mixed", "text/plain"), ("/mixed", "text/calendar")]
    assert asked == [
        ("text/calendar", "PUBLISH", "CONFIRMED", f"防災入門 第{number}回（全3回）")
        for number in (1, 2, 3)
    ]
    return life


def _one(method, status, summary):
    """What stands in the text comes once more as a file."""
    return [
        ("text/calendar", method, status, summary),
        ("application/ics", method, status, summary),
    ]


def _moved(life, by):
    mail, asked = life.step(
        lambda: move(life.run, life.session(1), life.officer, life.now, by)
    )
    assert shape_of(mail) == INVITATION
    return asked


def _called_off(life):
    return life.step(
        lambda: cancel_session_and_tell(
            session=life.session(2), reason="台風", by=life.officer, at=life.now
        )
    )[1]


def test_a_life_until_the_place_is_given_up(accepted):
    first = "防災入門 第1回（全3回）"
    assert _moved(accepted, DAY) == _one("REQUEST", "CONFIRMED", f"【日時変更】{first}")
    assert _moved(accepted, -DAY) == _one("REQUEST", "CONFIRMED", first)
    cancelled = "【中止】防災入門 第2回（全3回）"
    assert _called_off(accepted) == _one("CANCEL", "CANCELLED", cancelled)

    _mail, asked = accepted.step(
        lambda: withdraw(application=accepted.application, by=None, at=accepted.now)
    )
    assert [one[1:3] for one in asked] == [("CANCEL", "CANCELLED")] * len(asked)
    assert {one[3] for one in asked} == {
        "【取り消し】防災入門 第1回（全3回）",
        cancelled,
        "【取り消し】防災入門 第3回（全3回）",
    }


def test_a_life_until_the_run_is_called_off(accepted):
    _moved(accepted, DAY)
    mail, asked = accepted.step(
        lambda: postpone_run_and_tell(
            run=accepted.run, reason="大雨", by=accepted.officer, at=accepted.now
        )
    )
    assert {one[1:3] for one in asked} == {("REQUEST", "TENTATIVE")}
    mail, asked = accepted.step(
        lambda: cancel_run_and_tell(
            run=accepted.run, reason="講師の急病", by=accepted.officer, at=accepted.now
        )
    )
    assert shape_of(mail) == [*INVITATION, *INVITATION[-1:] * 2]
    assert {one[1:3] for one in asked} == {("CANCEL", "CANCELLED")}
    assert {one[3] for one in asked} == {
        f"【中止】防災入門 第{number}回（全3回）" for number in (1, 2, 3)
    }
