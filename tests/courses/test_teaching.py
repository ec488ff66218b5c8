"""An instructor is never in two sessions at once, unless an officer says why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.domain.making import CourseFacts, revise_course
from courses.domain.refusals import InstructorTaken
from courses.domain.session_plans import plan_of
from courses.domain.sessions import (
    add_session,
    cancel_session,
    edit_session,
    reinstate_session,
)
from courses.domain.teaching import lineup_of
from courses.enums import RunState
from courses.models import CourseRun, Session
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SessionFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import move_session

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def suzuki():
    return InstructorFactory()


@pytest.fixture
def booked(suzuki) -> Session:
    """Two hours with Suzuki, 14 days from now."""
    room = RoomFactory(name="会議室1", venue=VenueFactory(name="中央会館"))
    session = SessionFactory(
        run__course__title="地域防災講座", number=2, room=room, venue=room.venue
    )
    session.teaching.create(instructor=suzuki)
    return session


@pytest.fixture
def run(suzuki) -> CourseRun:
    """Of a course that Suzuki teaches, without sessions."""
    run = CourseRunFactory()
    run.course.instructors.add(suzuki)
    return run


def _plan(booked, shift=timedelta(), **changes):
    start, end = booked.starts_at + shift, booked.ends_at + shift
    return replace(
        plan_of(booked), starts_at=start, ends_at=end, venue=None, room=None, **changes
    )


def test_new_session_is_taught_by_the_instructors_of_the_course(
    booked, run, suzuki, officer, now
):
    session = add_session(run=run, plan=_plan(booked, 2 * HOUR), by=officer, at=now)
    assert lineup_of(session) == {suzuki.pk: ""}


def test_new_session_is_taught_by_those_named_for_it(booked, run, officer, now):
    guest = InstructorFactory()
    plan = _plan(booked, instructors=(guest,))
    session = add_session(run=run, plan=plan, by=officer, at=now)
    assert lineup_of(session) == {guest.pk: ""}


def test_clash_is_refused_and_named(booked, run, officer, now):
    with pytest.raises(InstructorTaken) as refused:
        add_session(run=run, plan=_plan(booked, HOUR), by=officer, at=now)
    assert str(refused.value) == (
        "鈴木 一郎さんは、12月5日（土）12:00〜14:00に「地域防災講座」第2回"
        "（中央会館 会議室1）で教えています。講師か時間を変えるか、"
        "重なってもよい理由を入力してください。"
    )


def test_clash_with_a_reason_is_kept_with_it(booked, run, suzuki, officer, now):
    plan = _plan(booked, override_reason=" 同じ階の2部屋です ")
    session = add_session(run=run, plan=plan, by=officer, at=now)
    assert lineup_of(session) == {suzuki.pk: "同じ階の2部屋です"}
    assert lineup_of(booked) == {suzuki.pk: ""}


def test_reason_that_nothing_needs_is_not_kept(booked, run, suzuki, officer, now):
    plan = _plan(booked, 2 * HOUR, override_reason="念のため")
    session = add_session(run=run, plan=plan, by=officer, at=now)
    assert lineup_of(session) == {suzuki.pk: ""}


def test_reason_stays_while_the_time_does(booked, run, suzuki, officer, now):
    plan = _plan(booked, override_reason="同じ階です")
    session = add_session(run=run, plan=plan, by=officer, at=now)

    again = replace(plan_of(session), title="題", instructors=(suzuki,))
    edit_session(session=session, plan=again, by=officer, at=now)
    assert lineup_of(session) == {suzuki.pk: "同じ階です"}
    with pytest.raises(InstructorTaken):
        edit_session(session=session, plan=_plan(booked, HOUR), by=officer, at=now)
    edit_session(session=session, plan=_plan(booked, 2 * HOUR), by=officer, at=now)
    assert lineup_of(session) == {suzuki.pk: ""}


def test_moving_into_a_clash_is_refused(booked, run, officer, now):
    session = add_session(run=run, plan=_plan(booked, 5 * HOUR), by=officer, at=now)
    with pytest.raises(InstructorTaken):
        move_session(
            session=session,
            starts_at=booked.starts_at,
            ends_at=booked.ends_at,
            by=officer,
            at=now,
        )


def test_changing_only_who_teaches_raises_no_revision(booked, suzuki, officer, now):
    guest = InstructorFactory()
    plan = replace(plan_of(booked), instructors=(guest,))
    edited = edit_session(session=booked, plan=plan, by=officer, at=now)
    assert (lineup_of(edited), edited.sequence) == ({guest.pk: ""}, 0)


def test_naming_somebody_busy_is_refused_and_a_reason_cures_it(
    booked, suzuki, officer, now
):
    other = SessionFactory()
    plan = replace(plan_of(other), instructors=(suzuki,))
    with pytest.raises(InstructorTaken):
        edit_session(session=other, plan=plan, by=officer, at=now)
    said = replace(plan, override_reason="交代で見ます")
    edit_session(session=other, plan=said, by=officer, at=now)
    assert lineup_of(other) == {suzuki.pk: "交代で見ます"}


def test_cancelled_session_frees_its_instructors_and_is_asked_when_it_comes_back(
    booked, run, officer, now
):
    cancel_session(session=booked, reason="台風", by=officer, at=now)
    add_session(run=run, plan=_plan(booked), by=officer, at=now)
    with pytest.raises(InstructorTaken):
        reinstate_session(session=booked, by=officer, at=now)


def test_run_that_is_called_off_frees_its_instructors(booked, run, officer, now):
    CourseRun.objects.filter(pk=booked.run_id).update(state=RunState.POSTPONED)
    assert add_session(run=run, plan=_plan(booked), by=officer, at=now).pk


def _facts(course, *instructors) -> CourseFacts:
    return CourseFacts(
        title=course.title, department=course.department, instructors=instructors
    )


def test_sessions_to_come_follow_the_course(booked, run, suzuki, officer, now):
    coming = add_session(run=run, plan=_plan(booked, 2 * HOUR), by=officer, at=now)
    guest, new = InstructorFactory(), InstructorFactory()
    special = add_session(
        run=run,
        plan=_plan(booked, 4 * HOUR, instructors=(suzuki, guest)),
        by=officer,
        at=now,
    )
    over = SessionFactory(
        run=run, number=9, starts_at=now - 9 * HOUR, ends_at=now - 8 * HOUR
    )
    over.teaching.create(instructor=suzuki)

    revise_course(course=run.course, facts=_facts(run.course, new), by=officer, at=now)
    assert lineup_of(coming) == {new.pk: ""}
    assert set(lineup_of(special)) == {suzuki.pk, guest.pk}
    assert set(lineup_of(over)) == {suzuki.pk}


def test_course_does_not_get_an_instructor_who_is_busy(booked, suzuki, officer, now):
    course = CourseFactory()
    run = CourseRunFactory(course=course)
    coming = add_session(run=run, plan=_plan(booked), by=officer, at=now)

    with pytest.raises(InstructorTaken):
        revise_course(course=course, facts=_facts(course, suzuki), by=officer, at=now)
    assert (lineup_of(coming), course.instructors.count()) == ({}, 0)
