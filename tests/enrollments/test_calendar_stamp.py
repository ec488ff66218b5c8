"""The stamp of a personal calendar changes exactly when its bytes do."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.domain.refusal import Refusal
from courses.domain import calendar_event
from courses.domain.publication import withdraw_course
from courses.domain.sessions import cancel_session
from courses.enums import Delivery
from courses.exchange import ical
from courses.exchange.ical_version import version_of
from courses.models import CourseRun, SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_tokens import (
    CalendarChoices,
    change_calendar_token,
    issue_calendar_token,
)
from enrollments.domain.leaving import cancel_application, withdraw
from enrollments.enums import ApplicationState
from enrollments.models import Application, CalendarToken
from learning_paths.models import GroupPath, Path, PathVersion, Step
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    GroupFactory,
    MembershipFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import move_session

pytestmark = pytest.mark.django_db
TOKEN = "A1b2C3d4" * 5
URL = f"/calendar/{TOKEN}.ics"
HOUR = timedelta(hours=1)


class World:
    """Hanako with a place and a key, in a city where other things happen, too."""

    def __init__(self, hanako, run, now):
        self.hanako, self.run, self.now = hanako, run, now
        self.admin = UserFactory(is_superuser=True)
        CourseRun.objects.filter(pk=run.pk).update(delivery=Delivery.HYBRID)
        Session.objects.filter(run=run).update(online_url="https://meet.example/1")
        self.other = CourseRunFactory(course=CourseFactory(title="ほか"))
        SeatPoolFactory(run=self.other, capacity=1)
        SessionFactory(run=self.other, number=1)
        self.apply(run, HANAKO, hanako)
        self.key = issue_calendar_token(user=hanako, name="x", token=TOKEN, at=now)
        group = GroupFactory()
        MembershipFactory(group=group, user=hanako)
        path = Path.objects.create(slug="p", name="道")
        version = PathVersion.objects.create(path=path, made_at=now)
        step = Step.objects.create(version=version, position=1, name="一")
        step.courses.add(self.other.course)
        GroupPath.objects.create(
            group=group, path=path, version=version, started_on=now.date()
        )

    def apply(self, run, who, by):
        return apply_for_seat(run=run, request=request_by(who), by=by, at=self.now)

    def choose(self, **choices):
        key = CalendarToken.objects.get()
        before = {n: getattr(key, n) for n in ("with_waiting", "with_link", "with_groups")}
        change_calendar_token(
            calendar_token=key,
            name=key.name,
            choices=CalendarChoices(**{**before, **choices}),
            by=self.hanako,
            at=self.now,
        )

    def place(self):
        held = Application.objects.filter(run=self.run, user=self.hanako)
        return held.filter(state=ApplicationState.ACCEPTED).first()


def move(w):
    session = w.run.sessions.get()
    move_session(
        session=session,
        starts_at=session.starts_at + HOUR,
        ends_at=session.ends_at + HOUR,
        by=w.admin,
        at=w.now,
    )


def cancel(w):
    session = w.run.sessions.get()
    if session.state != "cancelled":
        cancel_session(session=session, reason="台風", by=w.admin, at=w.now)


def take_page_down(w):
    if w.run.course.withdrawn_at is None:
        withdraw_course(course=w.run.course, at=w.now)


def leave(w):
    place = w.place()
    if place:
        withdraw(application=place, by=w.hanako, at=w.now)


def come_back(w):
    if not w.place():
        w.apply(w.run, HANAKO, w.hanako)


def wait(w):
    """Behind Taro, for the only place of the other course."""
    if not Application.objects.filter(run=w.other).exists():
        w.apply(w.other, TARO, None)
        w.apply(w.other, HANAKO, w.hanako)


def be_promoted(w):
    first = Application.objects.filter(run=w.other, state=ApplicationState.ACCEPTED)
    taro = first.exclude(user=w.hanako).first()
    if taro:
        cancel_application(application=taro, by=w.admin, at=w.now, why="都合")


def toggle_waiting(w):
    w.choose(with_waiting=not CalendarToken.objects.get().with_waiting)


def toggle_link(w):
    w.choose(with_link=not CalendarToken.objects.get().with_link)


def toggle_groups(w):
    w.choose(with_groups=not CalendarToken.objects.get().with_groups)


def move_elsewhere(w):
    session = w.other.sessions.get()
    move_session(
        session=session,
        starts_at=session.starts_at + HOUR,
        ends_at=session.ends_at + HOUR,
        by=w.admin,
        at=w.now,
    )


def somebody_else_applies(w):
    if not w.run.applications.filter(user=None).exists():
        w.apply(w.run, TARO, None)


def rename_key(w):
    CalendarToken.objects.update(name=CalendarToken.objects.get().name + "い")


def unrelated(w):
    SessionFactory(run__course__title="遠い講座", room=None, run__venue=VenueFactory())
    CourseRun.objects.update(note="駐車場なし")
    SeatPool.objects.update(capacity=F("capacity") + 1)


def some_hours_later(w):
    w.now += 5 * HOUR


def weeks_later(w):
    w.now += timedelta(days=25)


ACTS = [
    move,
    cancel,
    take_page_down,
    leave,
    come_back,
    wait,
    be_promoted,
    toggle_waiting,
    toggle_link,
    toggle_groups,
    move_elsewhere,
    somebody_else_applies,
    rename_key,
    unrelated,
    some_hours_later,
    weeks_later,
]


@pytest.fixture
def world(hanako, run, now):
    cache.clear()
    return World(hanako, run, now)


def fetch(client, world, **headers):
    with time_machine.travel(world.now, tick=False):
        return client.get(URL, **headers)


def tell(client, world, act) -> bool:
    """Do it, and hold stamp against bytes; returns whether they changed."""
    before = fetch(client, world)
    try:
        with transaction.atomic():
            act(world)
    except Refusal:
        pass  # too late for it: then nothing has changed
    world.run = CourseRun.objects.select_related("course").get(pk=world.run.pk)
    world.now += timedelta(minutes=1)
    after = fetch(client, world)
    again = fetch(client, world, HTTP_IF_NONE_MATCH=before["ETag"])
    since = fetch(client, world, HTTP_IF_MODIFIED_SINCE=before["Last-Modified"])
    changed = after.content != before.content
    assert (after["ETag"] != before["ETag"]) == changed, act.__name__
    assert again.status_code == since.status_code == (200 if changed else 304)
    if not changed:
        assert after["Last-Modified"] == before["Last-Modified"]
    return changed


@pytest.mark.parametrize(
    ("acts", "changed"),
    [
        ([move], [True]),
        ([cancel, cancel], [True, False]),
        ([leave, come_back], [True, True]),
        ([wait, be_promoted], [True, True]),
        ([toggle_waiting, wait], [True, False]),
        ([toggle_link], [True]),
        ([move_elsewhere, toggle_groups, move_elsewhere], [False, True, True]),
        ([toggle_groups, wait, toggle_waiting], [True, True, True]),
        ([somebody_else_applies, rename_key, unrelated], [False, False, False]),
        ([some_hours_later, weeks_later, weeks_later, weeks_later], [False] * 3 + [True]),
        ([take_page_down], [True]),  # its link goes
    ],
)
def test_stamp_follows_what_shows(client, world, acts, changed):
    assert [tell(client, world, act) for act in acts] == changed


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=8))
def test_stamp_changes_exactly_when_the_bytes_do(client, hanako, run, now, acts):
    with transaction.atomic():
        cache.clear()
        world = World(hanako, run, now)
        for act in acts:
            tell(client, world, act)
        transaction.set_rollback(True)
    hanako.refresh_from_db()
    run.refresh_from_db()


def test_another_writer_means_other_bytes(client, world, monkeypatch):
    before = fetch(client, world)
    monkeypatch.setattr("enrollments.views.personal_feed.VERSION", "another")
    assert fetch(client, world)["ETag"] != before["ETag"]


def test_version_of_the_writer_is_its_source():
    assert version_of([ical]) == version_of([ical])
    assert len({version_of([ical]), version_of([calendar_event]), version_of([])}) == 3
