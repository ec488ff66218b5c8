"""A plan is applied whole: rows become courses, runs, sessions, pools and places."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.domain.event_import import apply_plan
from courses.domain.event_known import load_known
from courses.domain.event_plan import HOLDING_SECTION
from courses.enums import PoolKind, SelectionMode, SessionState
from courses.exchange.event_list.planning import plan_import, understand
from courses.models import Course, CourseRun, Room, SeatPool, Session, Venue
from tests.courses.event_rows import NOW, event, events, tokyo
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    RoomFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
WEEKLY = ("2027-02-06", "2027-02-13", "2027-02-20")


def plan_now(*rows, applied=frozenset(), department="", at=NOW):
    lists = understand(rows)
    known = load_known(
        keys=lists.keys,
        span=lists.span,
        applied_to=lambda runs: set(applied) & set(runs),
    )
    return plan_import(lists, known, at=at, department=department)


def bring_in(*rows, at=NOW, **options):
    plan = plan_now(*rows, at=at, **options)
    return plan, apply_plan(plan=plan, by=None, at=at)


def test_rows_become_course_run_sessions_and_pool():
    section = DepartmentFactory(code="bousai", name="防災課")
    _plan, (made,) = bring_in(
        *events(*WEEKLY, name="防災教室", capacity="20名", fee="300", venue="東会館　和室")
    )
    course = Course.objects.get()
    run = course.runs.get()

    assert made.course == course
    assert (course.title, course.department, course.published_at) == (
        "防災教室",
        section,
        None,
    )
    assert (run.code, run.fiscal_year, run.fee) == ("2026-0001", 2026, 300)
    assert run.selection_mode == SelectionMode.FIRST_COME
    assert (run.venue, run.created_at) == (Venue.objects.get(name="東会館"), NOW)
    assert list(run.pools.values_list("kind", "capacity")) == [(PoolKind.GENERAL, 20)]
    assert [
        (session.number, session.starts_at, session.room.name, session.revised_at)
        for session in run.sessions.order_by("number")
    ] == [(n, tokyo(2, day, 10), "和室", NOW) for n, day in ((1, 6), (2, 13), (3, 20))]


def test_imported_run_never_shows_our_button():
    bring_in(event(deadline_date="2027-02-01"))
    run = CourseRun.objects.get()

    assert (run.applications_open_at, run.applications_close_at) == (None, None)
    assert run.waiting_list is False
    assert not CourseRun.objects.open_for_application(NOW).exists()


def test_second_import_changes_no_row():
    rows = [
        *events(*WEEKLY, name="防災教室", venue="東会館　和室"),
        event(9, name="つどい"),
    ]
    bring_in(*rows)
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Course, CourseRun, Session)
    ]

    plan, made = bring_in(*rows, at=NOW + timedelta(days=1))

    assert (made, plan.new_courses, plan.changed_courses, plan.places) == ([], [], [], ())
    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (Course, CourseRun, Session)
    ]


def test_changed_row_updates_run_session_and_revision():
    bring_in(event(venue="東会館", capacity="20"))
    bring_in(
        event(venue="西会館", capacity="25", end_time="13:00"), at=NOW + timedelta(days=1)
    )
    run, session = CourseRun.objects.get(), Session.objects.get()

    assert run.venue.name == "西会館"
    assert SeatPool.objects.get().capacity == 25
    assert (session.venue.name, session.ends_at) == ("西会館", tokyo(2, 6, 13))
    assert session.sequence > 0
    assert session.revised_at == NOW + timedelta(days=1)


def test_another_place_is_said_once_the_course_was_public():
    bring_in(event(venue="東会館"))
    bring_in(event(venue="西会館"))
    assert Session.objects.get().former_place == ""
    Course.objects.update(published_at=NOW)

    bring_in(event(venue="北会館"))
    session = Session.objects.get()
    assert (session.former_place, session.place) == ("西会館", "北会館")

    bring_in(event(venue="西会館"))
    assert Session.objects.get().former_place == ""


def test_unchanged_session_keeps_its_revision():
    rows = events(*WEEKLY, name="防災教室")
    bring_in(*rows)
    bring_in(
        rows[0],
        event(3, name="防災教室", start_date="2027-02-13", end_time="13:00"),
        rows[2],
    )

    assert list(Session.objects.order_by("number").values_list("sequence", flat=True)) == [
        0,
        1,
        0,
    ]


def test_moved_session_of_a_public_course_says_so():
    bring_in(event())
    Course.objects.update(published_at=NOW)
    uid = Session.objects.get().uid

    bring_in(event(start_date="2027-02-07"))
    session = Session.objects.get()

    assert (session.uid, session.state) == (uid, SessionState.MOVED)
    assert (session.former_starts_at, session.starts_at) == (
        tokyo(2, 6, 10),
        tokyo(2, 7, 10),
    )

    bring_in(event(start_date="2027-02-06"))
    session.refresh_from_db()
    assert (session.state, session.former_starts_at) == (SessionState.SCHEDULED, None)


def test_moved_session_of_a_draft_is_simply_elsewhere():
    bring_in(event())
    bring_in(event(start_date="2027-02-07"))

    assert Session.objects.get().state == SessionState.SCHEDULED


def test_new_date_between_renumbers_a_draft_but_nothing_announced():
    first, second, third = events(*WEEKLY, name="防災教室")
    bring_in(first, third)
    bring_in(first, second, third)
    numbers = Session.objects.order_by("starts_at").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]

    Course.objects.update(published_at=NOW)
    early = event(9, name="防災教室", start_date="2027-01-30")
    bring_in(early, first, second, third)
    assert list(numbers.all()) == [4, 1, 2, 3]


def test_new_date_revises_the_others():
    first, second, third = events(*WEEKLY, name="防災教室")
    bring_in(first, second)
    Course.objects.update(published_at=NOW)
    bring_in(first, second, third)

    assert list(Session.objects.order_by("number").values_list("sequence", flat=True)) == [
        1,
        1,
        0,
    ]


def test_run_with_applications_is_not_touched():
    bring_in(event())
    run = CourseRun.objects.get()

    plan, _made = bring_in(event(fee="500", end_time="13:00"), applied={run.pk})

    run.refresh_from_db()
    assert (run.fee, Session.objects.get().ends_at) == (0, tokyo(2, 6, 12))
    assert len(plan.unchanged_courses) == 1


def test_run_opened_for_applications_here_is_not_touched():
    bring_in(event())
    CourseRun.objects.update(applications_close_at=tokyo(2, 1))

    bring_in(event(fee="500"))

    assert CourseRun.objects.get().fee == 0


def test_title_and_section_belong_to_the_editors():
    bring_in(event())
    Course.objects.update(
        title="はじめての防災", department=DepartmentFactory(code="machi")
    )

    plan, _made = bring_in(event(fee="500"))

    assert Course.objects.get().title == "はじめての防災"
    assert plan.changed_courses[0].department == "machi"


def test_run_added_by_an_officer_is_left_alone():
    bring_in(event())
    own = CourseRunFactory(course=Course.objects.get(), code="2026-0100")
    SessionFactory(run=own, starts_at=tokyo(2, 6, 10), ends_at=tokyo(2, 6, 15))

    plan, _made = bring_in(event())

    assert len(plan.unchanged_courses) == 1


def test_places_are_found_before_they_are_made():
    venue = VenueFactory(name="東会館")
    RoomFactory(venue=venue, name="和室")
    bring_in(event(venue="東　会館"), event(3, name="茶道", venue="東会館　洋室"))

    assert list(Venue.objects.values_list("name", flat=True)) == ["東会館"]
    assert sorted(Room.objects.values_list("name", flat=True)) == ["和室", "洋室"]


def test_new_venue_has_a_code_made_of_its_name():
    VenueFactory(code="v-0a6cd2e8e4", name="別の館")
    bring_in(event(venue="東会館", address="緑町1-2-3", latitude="35.7", longitude="139.5"))
    venue = Venue.objects.get(name="東会館")

    assert venue.code.startswith("v-")
    assert venue.address == "緑町1-2-3"
    assert (float(venue.latitude), float(venue.longitude)) == (35.7, 139.5)


def test_room_in_use_is_refused():
    room = RoomFactory(venue=VenueFactory(name="東会館"), name="和室")
    SessionFactory(room=room, starts_at=tokyo(2, 6, 11), ends_at=tokyo(2, 6, 13))

    bring_in(event(venue="東会館　和室"))

    assert not Course.objects.filter(title="防災入門").exists()


def test_holding_section_bears_the_name_of_the_city(settings):
    settings.CITY_NAME = "みどり野市"
    bring_in(event(contact_name="市民の会"))

    department = Course.objects.get().department
    assert (department.code, department.name) == (HOLDING_SECTION, "みどり野市")


def test_codes_go_on_after_the_last():
    CourseRunFactory(code="2026-0041")
    bring_in(event(), event(3, name="茶道"), event(4, name="書道", start_date="2027-04-03"))

    codes = CourseRun.objects.exclude(code="2026-0041").order_by("code")
    assert list(codes.values_list("code", flat=True)) == [
        "2026-0042",
        "2026-0043",
        "2027-0001",
    ]


def test_slug_of_a_namesake_is_another():
    CourseFactory(slug="防災入門")
    bring_in(event())

    assert Course.objects.filter(slug="防災入門-2").exists()


def test_two_runs_at_one_time_have_keys_of_their_own():
    bring_in(event(2, venue="東会館"), event(3, venue="西会館"))
    keys = CourseRun.objects.values_list("import_key", flat=True)

    assert len(set(keys)) == 2
    assert all(len(key) <= 120 for key in keys)


def test_failure_half_way_leaves_nothing(monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError

    plan = plan_now(event())
    monkeypatch.setattr(SeatPool.objects, "create", refuse)
    with pytest.raises(IntegrityError), transaction.atomic():
        apply_plan(plan=plan, by=None, at=NOW)

    assert (Course.objects.count(), CourseRun.objects.count()) == (0, 0)


def test_known_state_takes_a_fixed_number_of_queries(django_assert_num_queries):
    def rows(number):
        return [
            event(2 + n, name=f"講座{n}", venue=f"会館{n}　和室") for n in range(number)
        ]

    for number in (1, 3):
        bring_in(*rows(number))
        lists = understand(rows(number))
        with django_assert_num_queries(12):
            load_known(
                keys=lists.keys, span=lists.span, applied_to=lambda runs: set(), lock=True
            )
