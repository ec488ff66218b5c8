"""Revisions: one update, and for everything that a subscriber sees, however it comes to
change; nothing else raises them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.domain.around_changes import changing
from courses.domain.calling_off import cancel_run, postpone_run, resume_run
from courses.domain.making import CourseFacts, revise_course
from courses.domain.publication import publish_course
from courses.domain.revision import revise_sessions, revised
from courses.domain.session_plans import SessionPlan
from courses.domain.sessions import add_session, cancel_session
from courses.enums import RunState
from courses.models import Course, CourseRun, Session, Stage
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

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def session():
    """In a room, of a public course under one stage and one theme."""
    course = CourseFactory(slug="bosai", title="防災")
    course.stages.add(StageFactory())
    course.themes.add(ThemeFactory())
    run = CourseRunFactory(course=course, venue=VenueFactory())
    return SessionFactory(run=run, number=1, room=RoomFactory())


@pytest.fixture
def elsewhere():
    """Of another course, section and place: nothing here is ever about it."""
    return SessionFactory(run__venue=VenueFactory())


def _sequence(session) -> int:
    return Session.objects.values_list("sequence", flat=True).get(pk=session.pk)


def _change(row, at, **columns):
    with changing(row, at=at):
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()


def test_revise_sessions_raises_sequence_in_one_update(now, django_assert_num_queries):
    run = CourseRunFactory()
    SessionFactory.create_batch(3, run=run)
    with django_assert_num_queries(1):
        assert revise_sessions(Session.objects.filter(run=run), at=now) == 3
    assert set(run.sessions.values_list("sequence", "revised_at")) == {(1, now)}


def test_an_act_that_shows_nothing_revises_nothing(session, now):
    with revised(session.run.sessions.all(), at=now):
        CourseRun.objects.update(note="駐車場なし", fee=500)
    assert _sequence(session) == 0


def test_what_an_act_revised_itself_is_revised_once(session, now):
    with revised(session.run.sessions.all(), at=now):
        revise_sessions(session.run.sessions.all(), at=now)
        CourseRun.objects.update(bring="筆記用具")
    assert _sequence(session) == 1


def test_a_draft_and_a_planned_run_are_in_no_calendar(now):
    draft = SessionFactory(run__course__published_at=None)
    planned = SessionFactory(run__state=RunState.PLANNED)
    with revised(Session.objects.all(), at=now):
        CourseRun.objects.update(bring="筆記用具")
    assert (_sequence(draft), _sequence(planned)) == (0, 0)


def test_sessions_that_calendars_still_show_are_revised(session, now):
    def held(days):
        start = now - days * DAY
        return SessionFactory(run=session.run, starts_at=start, ends_at=start + DAY / 24)

    recent, gone = held(59), held(62)
    with revised(session.run.sessions.all(), at=now):
        CourseRun.objects.update(bring="筆記用具")
    assert [_sequence(one) for one in (session, recent, gone)] == [1, 1, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_revised_takes_a_fixed_number_of_queries(now, number, django_assert_num_queries):
    for _each in range(number):
        SessionFactory(room=RoomFactory(), run__venue=VenueFactory())
    with django_assert_num_queries(25), revised(Session.objects.all(), at=now):
        CourseRun.objects.update(bring="筆記用具")
    assert set(Session.objects.values_list("sequence", flat=True)) == {1}


@pytest.mark.parametrize(
    ("columns", "raised"),
    [
        ({"name": "新しい会館"}, 1),
        ({"address": "みどり野市本町1-1"}, 1),
        ({"latitude": Decimal("35.5"), "longitude": Decimal("139.5")}, 1),
        ({"phone": "0420-00-0000", "access": "バス停から3分", "parking_note": "2台"}, 0),
        ({}, 0),
    ],
)
def test_a_venue_is_shown_by_name_address_and_position(
    session, elsewhere, now, columns, raised
):
    _change(session.room.venue, now, **columns)
    assert (_sequence(session), _sequence(elsewhere)) == (raised, 0)


def test_the_venue_of_a_run_counts_where_a_session_has_none(session, now):
    other = SessionFactory(run=session.run, number=2)
    _change(session.run.venue, now, name="新しい会館")
    assert (_sequence(session), _sequence(other)) == (0, 1)


@pytest.mark.parametrize(
    ("columns", "raised"),
    [({"name": "大ホール"}, 1), ({"capacity": 50, "equipment": "ピアノ"}, 0)],
)
def test_a_room_is_shown_by_its_name(session, elsewhere, now, columns, raised):
    _change(session.room, now, **columns)
    assert (_sequence(session), _sequence(elsewhere)) == (raised, 0)


def test_a_room_that_belongs_to_another_venue_now_shows(session, now):
    _change(session.room, now, venue=VenueFactory())
    assert _sequence(session) == 1


@pytest.mark.parametrize("of", ["stages", "themes"])
def test_stages_and_themes_are_shown_by_name(session, elsewhere, now, of):
    row = getattr(session.run.course, of).get()
    _change(row, now, name_en="Other")
    assert _sequence(session) == 0
    _change(row, now, name="ほかの名")
    assert (_sequence(session), _sequence(elsewhere)) == (1, 0)


def test_a_stage_that_is_removed_leaves_the_calendars(session, now):
    stage = Stage.objects.get(courses=session.run.course)
    with changing(stage, at=now):
        stage.delete()
    assert _sequence(session) == 1


@pytest.mark.parametrize(
    ("columns", "raised"),
    [({"name": "市民課"}, 1), ({"phone": "0420-1"}, 1), ({"email": "a@example.jp"}, 0)],
)
def test_a_section_is_shown_by_name_and_telephone(session, elsewhere, now, columns, raised):
    _change(session.run.course.department, now, **columns)
    assert (_sequence(session), _sequence(elsewhere)) == (raised, 0)


def test_a_section_is_not_shown_where_the_run_names_a_contact(session, now):
    CourseRun.objects.update(contact_name="市民会館", contact_phone="0420-2")
    _change(session.run.course.department, now, name="市民課", phone="0420-1")
    assert _sequence(session) == 0


def _facts(course: Course, **said) -> CourseFacts:
    kept = {
        "title": course.title,
        "department": course.department,
        "stages": tuple(course.stages.all()),
        "themes": tuple(course.themes.all()),
    }
    return CourseFacts(**(kept | said))


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (lambda: {"stages": ()}, 1),
        (lambda: {"themes": (ThemeFactory(),)}, 1),
        (lambda: {"department": DepartmentFactory()}, 1),
        (lambda: {"summary": "はじめの一歩", "title_kana": "ボウサイ"}, 0),
        (dict, 0),
    ],
)
def test_a_course_is_shown_by_what_it_is_sorted_under(session, officer, now, said, raised):
    course = session.run.course
    revise_course(course=course, facts=_facts(course, **said()), by=officer, at=now)
    assert _sequence(session) == raised


@pytest.mark.parametrize(
    ("page", "raised"),
    [
        ({"slug": "bosai", "title": "防災入門"}, 1),
        ({"slug": "sonae", "title": "防災"}, 1),
        ({"slug": "bosai", "title": "防災"}, 0),
    ],
)
def test_a_course_is_shown_by_title_and_address(session, now, page, raised):
    publish_course(course=session.run.course, at=now, **page)
    assert _sequence(session) == raised


def test_another_session_changes_the_number_of_the_others(session, officer, now):
    start = session.starts_at + DAY
    plan = SessionPlan(starts_at=start, ends_at=start + DAY / 24)
    add_session(run=session.run, plan=plan, by=officer, at=now)
    assert list(session.run.sessions.values_list("sequence", flat=True)) == [1, 0]


def test_calling_a_run_off_revises_each_session_once(session, officer, now):
    other = SessionFactory(run=session.run, number=2, starts_at=now + 20 * DAY)
    cancel_session(session=other, reason="会場の都合", by=officer, at=now)
    postpone_run(run=session.run, reason="大雪", by=officer, at=now)
    assert (_sequence(session), _sequence(other)) == (1, 1)
    resume_run(run=session.run, by=officer, at=now)
    assert _sequence(session) == 1
    cancel_run(run=session.run, reason="応募少数", by=officer, at=now)
    assert (_sequence(session), _sequence(other)) == (2, 1)


@pytest.mark.parametrize(
    ("list_of", "form", "raised"),
    [
        ("stages", {"name": "新しい名"}, 1),
        ("stages", {"colour": "#123456"}, 0),
        ("rooms", {"name": "大ホール"}, 1),
        ("departments", {"phone": "0420-99-9999"}, 1),
        ("departments", {"email": "ka@example.jp"}, 0),
    ],
)
def test_the_lists_of_the_back_office_revise_what_shows(
    client, officer, session, list_of, form, raised
):
    course = session.run.course
    row = {
        "stages": course.stages.get(),
        "rooms": session.room,
        "departments": course.department,
    }[list_of]
    columns = {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.value_from_object(row) is not None
    }
    client.force_login(officer)
    address = reverse(f"{list_of}:edit", args=[row.pk])
    assert client.post(address, columns | form).status_code == 302
    assert _sequence(session) == raised


def test_removing_a_stage_in_the_back_office_revises_what_shows(client, officer, session):
    client.force_login(officer)
    stage = session.run.course.stages.get()
    assert client.post(reverse("stages:delete", args=[stage.pk])).status_code == 302
    assert not Stage.objects.filter(pk=stage.pk).exists()
    assert _sequence(session) == 1
