"""A session held elsewhere than announced says so, whoever changed its place and how."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.domain.calling_off import cancel_run
from courses.domain.feeds import events_of, shown_together
from courses.domain.offering import revise_run
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import plan_of
from courses.domain.sessions import add_session, edit_session
from courses.enums import Delivery, RunState
from courses.models import CourseRun, Session
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SessionFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import change_place, move_session

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def hall():
    return VenueFactory(name="市民会館")


@pytest.fixture
def library():
    return VenueFactory(name="図書館")


@pytest.fixture
def session(hall):
    run = CourseRunFactory(course=CourseFactory(title="防災入門"), venue=hall)
    return SessionFactory(run=run, number=1)


def _again(session) -> Session:
    return Session.objects.get(pk=session.pk)


def _event(session):
    (event,) = events_of(shown_together([_again(session)]), site="")
    return event


def _moves_to(session, place, officer, now, room=None):
    return change_place(session=_again(session), venue=place, room=room, by=officer, at=now)


def _runs_at(session, officer, now, **said):
    plan = RunPlan(
        selection_mode="first_come",
        applications_open_at=session.run.applications_open_at,
        applications_close_at=session.run.applications_close_at,
        **said,
    )
    revise_run(run=session.run, plan=plan, by=officer, at=now)


def test_another_place_is_said_with_the_former_one(session, library, officer, now):
    changed = _moves_to(session, library, officer, now)
    assert (changed.former_place, changed.change_label) == ("市民会館", "会場変更")
    event = _event(session)
    assert (event.summary, event.status) == ("【会場変更】防災入門", "CONFIRMED")
    assert event.description.startswith("会場が変わりました。変更前: 市民会館\n")
    assert (event.location, event.sequence) == ("図書館", 1)


def test_the_place_first_announced_is_kept_until_it_is_right_again(
    session, hall, library, officer, now
):
    _moves_to(session, library, officer, now)
    twice = _moves_to(session, VenueFactory(name="公民館"), officer, now)
    assert twice.former_place == "市民会館"
    back = _moves_to(session, hall, officer, now)
    assert (back.former_place, back.change_label, back.sequence) == ("", "", 3)
    assert _event(session).summary == "防災入門"


def test_time_and_place_changed_are_said_in_one_mark(session, library, officer, now):
    _moves_to(session, library, officer, now)
    start = session.starts_at + DAY
    moved = move_session(
        session=_again(session), starts_at=start, ends_at=start + DAY, by=officer, at=now
    )
    assert moved.change_label == "日時・会場変更"
    event = _event(session)
    assert event.summary == "【日時・会場変更】防災入門"
    assert event.description.splitlines()[:2] == [
        "日時が変わりました。変更前: 12月5日（土）12:00",
        "会場が変わりました。変更前: 市民会館",
    ]


def test_called_off_says_only_that(session, library, officer, now):
    _moves_to(session, library, officer, now)
    cancel_run(run=session.run, reason="大雪", by=officer, at=now)
    assert _event(session).summary == "【中止】防災入門"
    assert _again(session).change_label == "中止"


def test_another_room_is_another_place_and_naming_the_first_is_not(
    session, hall, officer, now
):
    small, big = (RoomFactory(venue=hall, name=name) for name in ("小会議室", "大ホール"))
    assert _moves_to(session, hall, officer, now, room=small).former_place == ""
    assert _moves_to(session, hall, officer, now, room=big).former_place == (
        "市民会館 小会議室"
    )


def test_a_first_place_is_no_change(officer, library, now):
    session = SessionFactory()
    assert _moves_to(session, library, officer, now).former_place == ""


@pytest.mark.parametrize(
    "unknown", [{"published_at": None}, {"runs__state": RunState.PLANNED}]
)
def test_what_was_not_announced_has_no_former_place(
    session, library, officer, now, unknown
):
    if "published_at" in unknown:
        type(session.run.course).objects.update(published_at=None)
    else:
        CourseRun.objects.update(state=RunState.PLANNED)
    assert _moves_to(session, library, officer, now).former_place == ""


def test_another_place_of_the_run_is_said_of_the_sessions_held_there(
    session, hall, library, officer, now
):
    own = SessionFactory(run=session.run, number=2, room=RoomFactory(venue__name="公民館"))
    start = now - 2 * DAY
    over = SessionFactory(run=session.run, starts_at=start, ends_at=start + DAY / 24)
    _runs_at(session, officer, now, venue=library)
    told = [_again(one) for one in (session, own, over)]
    assert [one.former_place for one in told] == ["市民会館", "", ""]
    assert told[0].sequence == 1
    _runs_at(session, officer, now, venue=hall)
    assert [_again(session).former_place, _again(session).sequence] == ["", 2]


def test_a_run_that_goes_online_leaves_its_place(session, hall, officer, now):
    _runs_at(session, officer, now, venue=hall, delivery=Delivery.ONLINE)
    assert _again(session).former_place == "市民会館"
    assert _event(session).location == "オンライン"


def test_an_edit_that_leaves_the_place_says_nothing(session, officer, now):
    plan = replace(plan_of(session), title="避難所", time_note="開場は11時半")
    edited = edit_session(session=session, plan=plan, by=officer, at=now)
    assert (edited.former_place, edited.sequence) == ("", 1)


def test_a_make_up_session_says_for_which_one(session, officer, now):
    start = session.starts_at + 7 * DAY
    plan = replace(plan_of(session), starts_at=start, ends_at=start + DAY / 24)
    added = add_session(run=session.run, plan=plan, makes_up=session, by=officer, at=now)
    event = _event(added)
    assert event.summary == "【補講】防災入門 第2回（全2回）"
    assert event.description.startswith("第1回（12月5日（土））の補講です。\n")


def test_a_make_up_session_follows_the_date_it_names(session, officer, now):
    start = session.starts_at + 7 * DAY
    made_up = SessionFactory(run=session.run, number=2, makes_up=session, starts_at=start)
    move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        by=officer,
        at=now,
    )
    assert _event(made_up).sequence == 1
    assert _event(made_up).description.startswith("第1回（12月6日（日））の補講です。")
