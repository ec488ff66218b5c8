"""What a calendar says of a session in every state, and which sessions it shows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.domain.calendar_event import OwnPlace
from courses.domain.feeds import events_of, first_moment, in_window
from courses.domain.publication import publish_course, withdraw_course
from courses.domain.sessions import cancel_session, postpone_session, reinstate_session
from courses.enums import Delivery, RunState
from courses.models import CourseRun, Session
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    RoomFactory,
    SessionFactory,
    StageFactory,
    ThemeFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import move_session

pytestmark = pytest.mark.django_db
SITE = "https://manabiba.example"
DAY = timedelta(days=1)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def run():
    department = DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")
    course = CourseFactory(slug="防災入門", title="防災入門", department=department)
    return CourseRunFactory(course=course)


@pytest.fixture
def session(run, now):
    """The first of two, on 5 December 2026 from 12:00 to 14:00."""
    entered = now - timedelta(days=30)
    SessionFactory(
        run=run,
        number=2,
        created_at=entered,
        starts_at=datetime(2026, 12, 12, 12, 0, tzinfo=TOKYO),
        ends_at=datetime(2026, 12, 12, 14, 0, tzinfo=TOKYO),
    )
    return SessionFactory(run=run, number=1, created_at=entered)


def _events(at):
    return events_of(in_window(Session.objects.all(), at=at), site=SITE)


def _event(session, at, own=None):
    chosen = in_window(Session.objects.filter(pk=session.pk), at=at)
    (event,) = events_of(chosen, site=SITE, own=own and {session.run_id: own})
    return event


def test_event_of_a_session_as_planned(session, now):
    event = _event(session, now)
    assert event.uid == session.uid
    assert (event.summary, event.status) == ("防災入門 第1回（全2回）", "CONFIRMED")
    assert (event.blocks_time, event.is_private, event.conference) == (True, False, None)
    assert event.url == f"{SITE}/courses/%E9%98%B2%E7%81%BD%E5%85%A5%E9%96%80/"
    assert event.description == (
        "問い合わせ: 市民活動推進課 0420-00-0000\n"
        "くわしく: https://manabiba.example/courses/%E9%98%B2%E7%81%BD%E5%85%A5%E9%96%80/"
    )


def test_event_names_everything_a_participant_needs(session, now):
    CourseRun.objects.filter(pk=session.run_id).update(
        label="A日程",
        bring="筆記用具",
        delivery=Delivery.HYBRID,
        contact_name="市民会館",
        contact_phone="0420-11-1111",
    )
    Session.objects.filter(pk=session.pk).update(title="避難所", time_note="開場は11時半")
    event = _event(session, now)
    assert event.summary == "防災入門 A日程 第1回（全2回）"
    assert event.description.splitlines()[:5] == [
        "避難所",
        "開場は11時半",
        "会場でもオンラインでも参加できます。",
        "持ち物: 筆記用具",
        "問い合わせ: 市民会館 0420-11-1111",
    ]
    assert event.conference == (event.url, "講座のページ")


def test_a_single_session_carries_no_number(now):
    session = SessionFactory(run__course__title="講演会")
    assert _event(session, now).summary == "講演会"


def test_place_is_room_then_session_then_run(run, now):
    hall = VenueFactory(
        name="市民会館", address="みどり野市中央1-2", latitude=35.5, longitude=139.5
    )
    run.venue = hall
    run.save()
    session = SessionFactory(run=run)
    assert _event(session, now).location == "市民会館, みどり野市中央1-2"
    assert _event(session, now).position == (35.5, 139.5)
    room = RoomFactory(name="第1会議室", venue__name="図書館")
    Session.objects.filter(pk=session.pk).update(venue=room.venue, room=room)
    assert _event(session, now).location == "第1会議室, 図書館"
    assert _event(session, now).position is None


def test_an_online_session_has_no_place_and_hides_the_meeting(run, now):
    CourseRun.objects.filter(pk=run.pk).update(
        delivery=Delivery.ONLINE, venue=VenueFactory(latitude=35, longitude=139)
    )
    session = SessionFactory(run=run, online_url="https://meet.example/secret")
    event = _event(session, now)
    assert (event.location, event.position) == ("オンライン", None)
    assert "meet.example" not in repr(event)
    own = _event(session, now, OwnPlace())
    assert own.conference == ("https://meet.example/secret", "オンラインで参加する")
    assert "オンラインの参加先: https://meet.example/secret" in own.description
    waiting = _event(session, now, OwnPlace(mark="キャンセル待ち"))
    assert "meet.example" not in repr(waiting)
    CourseRun.objects.filter(pk=run.pk).update(state=RunState.CANCELLED)
    assert _event(session, now, OwnPlace()).conference is None


def test_categories_are_stages_and_themes(session, now):
    course = session.run.course
    course.stages.add(StageFactory(name="活動実践"))
    course.themes.add(ThemeFactory(name="防災"))
    assert _event(session, now).categories == ("活動実践", "防災")


def test_a_moved_session_says_so_and_names_the_former_time(session, officer, now):
    start = session.starts_at + 2 * DAY
    move_session(
        session=session, starts_at=start, ends_at=start + DAY / 24, by=officer, at=now
    )
    event = _event(session, now)
    assert (event.summary, event.status) == (
        "【日時変更】防災入門 第1回（全2回）",
        "CONFIRMED",
    )
    assert event.description.startswith("日時が変わりました。変更前: 12月5日（土）12:00\n")
    assert (event.uid, event.sequence, event.revised_at) == (session.uid, 1, now)
    assert (event.starts_at, event.blocks_time) == (start, True)


def test_a_cancelled_session_stays_with_its_reason(session, officer, now):
    cancel_session(session=session, reason="台風のため", by=officer, at=now)
    event = _event(session, now)
    assert (event.summary, event.status, event.blocks_time) == (
        "【中止】防災入門 第1回（全2回）",
        "CANCELLED",
        False,
    )
    assert event.description.startswith("中止になりました。\n理由: 台風のため\n")
    assert (event.uid, event.sequence, event.revised_at) == (session.uid, 1, now)


def test_a_postponed_session_is_tentative_and_blocks_nothing(session, officer, now):
    postpone_session(session=session, reason="講師の都合", by=officer, at=now)
    event = _event(session, now)
    assert (event.summary, event.status, event.blocks_time) == (
        "【延期】防災入門 第1回（全2回）",
        "TENTATIVE",
        False,
    )
    assert "理由: 講師の都合" in event.description


def test_a_reinstated_session_is_confirmed_again(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    reinstate_session(session=session, by=officer, at=now + DAY)
    event = _event(session, now)
    assert (event.summary, event.status) == ("防災入門 第1回（全2回）", "CONFIRMED")
    assert (event.sequence, event.revised_at) == (2, now + DAY)


@pytest.mark.parametrize(
    ("state", "mark", "status"),
    [(RunState.CANCELLED, "中止", "CANCELLED"), (RunState.POSTPONED, "延期", "TENTATIVE")],
)
def test_a_run_called_off_calls_off_its_sessions(state, mark, status, session, now):
    CourseRun.objects.filter(pk=session.run_id).update(state=state, state_note="応募少数")
    events = _events(now)
    assert [event.summary for event in events] == [
        f"【{mark}】防災入門 第1回（全2回）",
        f"【{mark}】防災入門 第2回（全2回）",
    ]
    assert {event.status for event in events} == {status}
    assert all("理由: 応募少数" in event.description for event in events)


def test_a_session_cancelled_stays_so_where_the_rest_is_put_off(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    CourseRun.objects.filter(pk=session.run_id).update(state=RunState.POSTPONED)
    assert [event.summary[:4] for event in _events(now)] == ["【中止】", "【延期】"]


def test_a_withdrawn_course_appears_as_cancelled_and_links_nowhere(session, now):
    held = SessionFactory(
        run=session.run,
        number=3,
        starts_at=now - 2 * DAY,
        ends_at=now - DAY,
        created_at=now - 30 * DAY,
    )
    withdraw_course(course=session.run.course, at=now)
    event = _event(session, now)
    assert (event.summary, event.status, event.url) == (
        "【掲載終了】防災入門 第1回（全3回）",
        "CANCELLED",
        "",
    )
    assert (event.sequence, event.revised_at) == (1, now)
    assert (_event(held, now).status, _event(held, now).sequence) == ("CONFIRMED", 1)


def test_a_withdrawn_course_still_meets_for_those_with_a_place(session, now):
    withdraw_course(course=session.run.course, at=now)
    own = _event(session, now, OwnPlace())
    assert (own.status, own.url, own.is_private) == ("CONFIRMED", "", True)


def test_sessions_entered_while_the_course_is_down_count_in_no_public_title(session, now):
    withdraw_course(course=session.run.course, at=now)
    SessionFactory(run=session.run, number=3, starts_at=now + 9 * DAY, created_at=now + DAY)
    assert _event(session, now).summary == "【掲載終了】防災入門 第1回（全2回）"
    assert _event(session, now, OwnPlace()).summary == "防災入門 第1回（全3回）"


def test_a_course_published_again_is_confirmed_again(session, now):
    course = session.run.course
    withdraw_course(course=course, at=now)
    publish_course(course=course, slug=course.slug, title=course.title, at=now + DAY)
    event = _event(session, now)
    assert (event.status, event.sequence, event.revised_at) == ("CONFIRMED", 2, now + DAY)


def test_own_standing_counts_as_a_revision(session, now):
    own = OwnPlace(mark="キャンセル待ち", changes=2, changed_at=now)
    event = _event(session, now, own)
    assert (event.summary, event.status) == (
        "【キャンセル待ち】防災入門 第1回（全2回）",
        "TENTATIVE",
    )
    assert (event.sequence, event.revised_at) == (2, max(now, session.revised_at))


def test_drafts_and_planned_runs_never_appear(now):
    SessionFactory(run__course__published_at=None)
    SessionFactory(run__state=RunState.PLANNED)
    assert _events(now) == ()


def test_window_reaches_back_sixty_days_to_a_midnight_and_on_for_ever(now):
    edge = first_moment(now)
    assert edge == datetime(2026, 9, 22, 0, 0, tzinfo=TOKYO)
    gone = SessionFactory(starts_at=edge - DAY, ends_at=edge)
    kept = SessionFactory(starts_at=edge - DAY, ends_at=edge + DAY / 24)
    far = SessionFactory(starts_at=now + 2000 * DAY, ends_at=now + 2001 * DAY)
    uids = {event.uid for event in _events(now)}
    assert uids == {kept.uid, far.uid}
    assert gone.uid not in uids


def test_window_puts_the_soonest_in_front_and_the_oldest_last(run, now):
    days = [-30, 40, -1, 5]
    for number, day in enumerate(days, 1):
        start = now + day * DAY
        SessionFactory(run=run, number=number, starts_at=start, ends_at=start + DAY / 24)
    chosen = in_window(Session.objects.all(), at=now)
    assert [session.number for session in chosen] == [4, 2, 3, 1]


def test_window_holds_a_thousand_sessions_of_which_past_ones_go_first(run, now):
    Session.objects.bulk_create(
        Session(
            run=run,
            number=number,
            starts_at=now + (number - 3) * DAY / 24,
            ends_at=now + (number - 2) * DAY / 24,
        )
        for number in range(1, 1_006)
    )
    numbers = {session.number for session in in_window(Session.objects.all(), at=now)}
    assert numbers == set(range(3, 1_003))


@pytest.mark.parametrize("number", [1, 3])
def test_events_take_a_fixed_number_of_queries(number, now, django_assert_num_queries):
    for session in (SessionFactory(room=RoomFactory()) for _ in range(number)):
        session.run.course.stages.add(StageFactory())
    with django_assert_num_queries(10):
        assert len(_events(now)) == number
