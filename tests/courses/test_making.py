"""Making a course, its runs and its sessions; who may, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from courses.domain.announcing import require_windows
from courses.domain.making import (
    CourseFacts,
    SlugTaken,
    free_slug,
    make_course,
    revise_course,
)
from courses.domain.offering import (
    RunWasAnnounced,
    SessionRefused,
    add_run,
    revise_run,
)
from courses.domain.publication import publish_course
from courses.domain.refusals import RoomTaken
from courses.domain.run_plan import NeedsWindow, RunPlan, WindowOutOfOrder
from courses.domain.session_plans import SessionPlan
from courses.enums import Delivery, PoolKind, RunState, SelectionMode
from courses.models import Course, CourseRun, SeatPool, Session, Stage
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    RoomFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
OPEN = RunPlan(selection_mode=SelectionMode.OPEN)


@pytest.fixture
def officer() -> User:
    return StaffProfileFactory(department=DepartmentFactory(code="ours")).user


def _facts(officer: User, **facts) -> CourseFacts:
    department = officer.staff_profile.department
    return CourseFacts(**{"title": "会計の基礎", "department": department} | facts)


def _session(start: datetime, **plan) -> SessionPlan:
    return SessionPlan(starts_at=start, ends_at=start + timedelta(hours=2), **plan)


def _make(officer: User, now: datetime, **parts) -> Course:
    said = {"facts": _facts(officer), "run": OPEN, "sessions": [], "form_key": "one"}
    course, _made = make_course(**said | parts, by=officer, at=now)
    return course


def test_course_is_made_with_its_run_places_and_sessions_in_order(officer, now):
    later, sooner = now + timedelta(days=21), now + timedelta(days=14)
    plan = RunPlan(
        applications_close_at=now + timedelta(days=7), places={PoolKind.GENERAL: 20}
    )
    course = _make(
        officer, now, run=plan, sessions=[_session(later), _session(sooner, title="はじめ")]
    )

    run = course.runs.get()
    assert (course.title, course.slug, course.is_public) == (
        "会計の基礎",
        "会計の基礎",
        False,
    )
    assert (run.code, run.fiscal_year, run.state, run.created_by) == (
        "2026-0001",
        2026,
        RunState.ANNOUNCED,
        officer,
    )
    assert list(run.pools.values_list("kind", "capacity")) == [("general", 20)]
    assert list(run.sessions.values_list("number", "starts_at", "title")) == [
        (1, sooner.astimezone(UTC), "はじめ"),
        (2, later.astimezone(UTC), ""),
    ]


def test_staff_may_have_places_of_their_own(officer, now):
    plan = RunPlan(
        selection_mode=SelectionMode.OPEN,
        places={PoolKind.CITIZENS: 20, PoolKind.STAFF: 10},
    )
    course = _make(officer, now, run=plan)

    assert dict(course.runs.get().pools.values_list("kind", "capacity")) == {
        "citizens": 20,
        "staff": 10,
    }


def test_the_same_form_again_gives_the_first_course(officer, now):
    first = _make(officer, now)
    facts = _facts(officer, title="ほかの名前")

    again, made = make_course(
        facts=facts, run=OPEN, sessions=[], form_key="one", by=officer, at=now
    )
    assert (again, made) == (first, False)
    assert (Course.objects.count(), CourseRun.objects.count()) == (1, 1)


def test_another_sections_form_key_gives_nothing_away(officer, now):
    _make(officer, now)
    other = StaffProfileFactory(department=DepartmentFactory(code="theirs")).user

    with pytest.raises(NotAllowed):
        _make(other, now, facts=_facts(other))


@pytest.mark.parametrize("who", ["resident", "other section"])
def test_course_of_another_section_is_refused(officer, now, who):
    other = UserFactory() if who == "resident" else StaffProfileFactory().user

    with pytest.raises(NotAllowed):
        make_course(
            facts=_facts(officer), run=OPEN, sessions=[], form_key="x", by=other, at=now
        )
    assert Course.objects.count() == 0


def test_administrator_makes_a_course_for_any_section(officer, now):
    administrator = UserFactory(is_superuser=True)

    course, made = make_course(
        facts=_facts(officer), run=OPEN, sessions=[], form_key="x", by=administrator, at=now
    )
    assert made
    assert course.department == officer.staff_profile.department


def test_refused_session_leaves_nothing_behind_and_says_which(officer, now):
    room = RoomFactory()
    start = now + timedelta(days=7)
    SessionFactory(room=room, venue=room.venue, starts_at=start)
    fine, taken = (
        _session(start - timedelta(days=1), room=room),
        _session(start, room=room),
    )

    with pytest.raises(SessionRefused) as refused:
        _make(officer, now, sessions=[fine, taken])
    assert refused.value.plan is taken
    assert isinstance(refused.value.why, RoomTaken)
    assert str(refused.value) == str(refused.value.why)
    assert not Course.objects.filter(title="会計の基礎").exists()
    assert SeatPool.objects.count() == 0


def test_run_that_takes_applications_needs_a_deadline_once_it_is_public(officer, now):
    course = _make(officer, now, run=RunPlan())
    with pytest.raises(NeedsWindow):
        require_windows(course)

    course = publish_course(course=course, slug=course.slug, title="会計の基礎", at=now)
    with pytest.raises(NeedsWindow):
        add_run(course=course, plan=RunPlan(), sessions=[], by=officer, at=now)
    assert course.runs.count() == 1


def test_run_without_deadline_may_name_another_way_to_apply(officer, now):
    course = _make(officer, now, run=RunPlan(how_to_apply="電話で"))

    require_windows(course)


def test_deadline_comes_after_the_opening(officer, now):
    plan = RunPlan(applications_open_at=now, applications_close_at=now)

    with pytest.raises(WindowOutOfOrder):
        _make(officer, now, run=plan)


@pytest.mark.parametrize(
    ("day", "code"),
    [((2027, 3, 31), "2026-0001"), ((2027, 4, 1), "2027-0001")],
)
def test_fiscal_year_is_that_of_the_first_session(officer, now, day, code):
    course = _make(officer, now, sessions=[_session(datetime(*day, 10, tzinfo=TOKYO))])

    assert course.runs.get().code == code


def test_fiscal_year_without_sessions_is_todays(officer):
    new_year = datetime(2027, 3, 31, 23, 59, tzinfo=TOKYO)

    assert _make(officer, new_year).runs.get().fiscal_year == 2026


def test_codes_count_on_from_the_greatest_of_the_year(officer, now):
    for code in ("2026-0041", "2025-0900", "2026-x", "2026-12"):
        CourseRunFactory(code=code)

    assert _make(officer, now).runs.get().code == "2026-0042"


def test_address_is_made_from_the_title_and_stays_unique():
    CourseFactory(slug="会計の基礎")
    CourseFactory(slug="会計の基礎-2")

    assert free_slug("会計の基礎") == "会計の基礎-3"
    assert free_slug("＆！") == "course"
    assert len(free_slug("長" * 200)) == 80


def test_chosen_address_is_taken_over_or_refused(officer, now):
    CourseFactory(slug="kaikei")

    course = _make(officer, now, facts=_facts(officer, slug="kaikei-kiso"))
    assert course.slug == "kaikei-kiso"
    with pytest.raises(SlugTaken):
        _make(officer, now, facts=_facts(officer, slug="kaikei"), form_key="two")


def test_draft_takes_new_title_and_address(officer, now):
    course = _make(officer, now)
    stage = Stage.objects.first()

    revise_course(
        course=course,
        facts=_facts(officer, title="会計の応用", slug="oyo", stages=[stage]),
        by=officer,
        at=now,
    )
    course.refresh_from_db()
    assert (course.title, course.slug) == ("会計の応用", "oyo")
    assert list(course.stages.all()) == [stage]


def test_published_course_keeps_title_and_address_until_its_page_changes(officer, now):
    department = officer.staff_profile.department
    course = CourseFactory(title="もとの名前", slug="moto", department=department)

    revise_course(
        course=course,
        facts=_facts(officer, title="新しい名前", slug="atarashii", summary="お金の流れ"),
        by=officer,
        at=now,
    )
    course.refresh_from_db()
    assert (course.title, course.slug, course.summary) == (
        "もとの名前",
        "moto",
        "お金の流れ",
    )


def test_course_is_neither_taken_from_nor_given_to_another_section(officer, now):
    theirs, ours = CourseFactory(), _make(officer, now)

    with pytest.raises(NotAllowed):
        revise_course(course=theirs, facts=_facts(officer), by=officer, at=now)
    facts = _facts(officer, department=theirs.department)
    with pytest.raises(NotAllowed):
        revise_course(course=ours, facts=facts, by=officer, at=now)


def test_another_run_is_added_once_per_form(officer, now):
    course = _make(officer, now)
    said = {"course": course, "plan": OPEN, "sessions": [], "form_key": "two"}

    second = add_run(**said, by=officer, at=now)
    again = add_run(**said, by=officer, at=now)
    assert (second.code, again) == ("2026-0002", second)
    assert course.runs.count() == 2


def test_run_in_preparation_is_hidden_until_announced(officer, now):
    course = CourseFactory(department=officer.staff_profile.department)
    hidden = RunPlan(selection_mode=SelectionMode.OPEN, announced=False)
    run = add_run(course=course, plan=hidden, sessions=[], by=officer, at=now)
    assert not CourseRun.objects.public().exists()

    revise_run(run=run, plan=OPEN, by=officer, at=now)
    assert list(CourseRun.objects.public()) == [run]
    with pytest.raises(RunWasAnnounced):
        revise_run(run=run, plan=hidden, by=officer, at=now)


def test_run_is_changed_by_its_own_section_only(officer, now):
    run = CourseRunFactory()

    with pytest.raises(NotAllowed):
        revise_run(run=run, plan=OPEN, by=officer, at=now)


@pytest.mark.parametrize(
    ("change", "shows"),
    [
        ({"bring": "筆記用具"}, True),
        ({"delivery": Delivery.ONLINE}, True),
        ({"contact_phone": "0420-00-0000"}, True),
        ({"note": "駐車場はありません。"}, False),
        ({}, False),
    ],
)
def test_calendars_hear_of_a_change_only_where_it_shows(officer, now, change, shows):
    course = CourseFactory(department=officer.staff_profile.department)
    run = CourseRunFactory(course=course, selection_mode=SelectionMode.OPEN)
    session = SessionFactory(run=run)
    plan = RunPlan(
        selection_mode=SelectionMode.OPEN,
        applications_open_at=run.applications_open_at,
        applications_close_at=run.applications_close_at,
        **change,
    )

    revise_run(run=run, plan=plan, by=officer, at=now)
    assert Session.objects.get(pk=session.pk).sequence == int(shows)
