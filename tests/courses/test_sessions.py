"""Adding, moving and calling off sessions: one allowed and one forbidden case each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.refusals import (
    EndsBeforeStart,
    ReasonMissing,
    RoomElsewhere,
    SessionAlreadyCancelled,
    SessionAlreadyPostponed,
    SessionInThePast,
    SessionIsHeld,
    SessionIsOver,
)
from courses.domain.session_plans import SessionPlan, plan_of
from courses.domain.sessions import (
    add_session,
    cancel_session,
    edit_session,
    postpone_session,
    reinstate_session,
)
from courses.enums import RunState, SessionState
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import change_place, move_session

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def session():
    """Announced, in a fortnight."""
    return SessionFactory(number=1)


def _again(row):
    return type(row).objects.get(pk=row.pk)


def test_add_session_numbers_it_and_revises_the_others(session, officer, now):
    start = session.starts_at + DAY
    plan = SessionPlan(starts_at=start, ends_at=start + HOUR, title="まちあるき")
    added = add_session(run=session.run, plan=plan, by=officer, at=now)
    assert (added.number, added.sequence, added.revised_at) == (2, 0, now)
    assert (added.title, added.starts_at) == ("まちあるき", start)
    assert (_again(session).sequence, _again(session).revised_at) == (1, now)


def test_add_session_leaves_other_runs_alone(session, officer, now):
    other = CourseRunFactory()
    add_session(run=other, plan=plan_of(session), by=officer, at=now)
    assert _again(session).sequence == 0


def test_add_session_refuses_an_end_before_the_start(session, officer, now):
    plan = replace(plan_of(session), ends_at=session.starts_at)
    with pytest.raises(EndsBeforeStart):
        add_session(run=session.run, plan=plan, by=officer, at=now)
    assert session.run.sessions.count() == 1


def test_only_the_section_that_owns_the_course_may_change_sessions(session, now):
    own = StaffProfileFactory(department=session.run.course.department).user
    acts = [
        lambda by: add_session(run=session.run, plan=plan_of(session), by=by, at=now),
        lambda by: edit_session(session=session, plan=plan_of(session), by=by, at=now),
        lambda by: cancel_session(session=session, reason="台風", by=by, at=now),
        lambda by: reinstate_session(session=session, by=by, at=now),
        lambda by: postpone_session(session=session, reason="台風", by=by, at=now),
    ]
    for act in acts:
        for stranger in (UserFactory(), StaffProfileFactory().user):
            with pytest.raises(NotAllowed):
                act(stranger)
        act(own)


def test_move_session_keeps_the_uid_and_the_first_time(session, officer, now):
    first = session.starts_at
    once = move_session(
        session=session,
        starts_at=first + DAY,
        ends_at=first + DAY + HOUR,
        by=officer,
        at=now,
    )
    twice = move_session(
        session=once,
        starts_at=first + 2 * DAY,
        ends_at=first + 2 * DAY + HOUR,
        by=officer,
        at=now + HOUR,
    )
    assert twice.uid == session.uid
    assert (twice.state, twice.former_starts_at) == (SessionState.MOVED, first)
    assert (twice.sequence, twice.revised_at) == (2, now + HOUR)


def test_move_session_back_is_no_longer_a_move(session, officer, now):
    start, end = session.starts_at, session.ends_at
    move_session(
        session=session, starts_at=start + DAY, ends_at=end + DAY, by=officer, at=now
    )
    back = move_session(
        session=_again(session), starts_at=start, ends_at=end, by=officer, at=now
    )
    assert (back.state, back.former_starts_at) == (SessionState.SCHEDULED, None)
    assert back.sequence == 2


@pytest.mark.parametrize(
    ("published", "state"), [(False, RunState.ANNOUNCED), (True, RunState.PLANNED)]
)
def test_a_draft_is_not_marked_as_moved(published, state, officer, now):
    course = CourseFactory() if published else CourseFactory(published_at=None)
    session = SessionFactory(run=CourseRunFactory(course=course, state=state))
    moved = move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        by=officer,
        at=now,
    )
    assert (moved.state, moved.former_starts_at) == (SessionState.SCHEDULED, None)


def test_move_session_into_the_past_is_refused(session, officer, now):
    with pytest.raises(SessionInThePast):
        move_session(
            session=session, starts_at=now - DAY, ends_at=now - HOUR, by=officer, at=now
        )


def test_a_session_that_is_over_cannot_be_moved(session, officer):
    later = session.ends_at
    with pytest.raises(SessionIsOver):
        move_session(
            session=session,
            starts_at=later + DAY,
            ends_at=later + DAY + HOUR,
            by=officer,
            at=later,
        )


def test_the_title_of_a_session_that_is_over_can_be_corrected(session, officer):
    plan = replace(plan_of(session), title="訂正")
    edited = edit_session(session=session, plan=plan, by=officer, at=session.ends_at + DAY)
    assert (edited.title, edited.state) == ("訂正", SessionState.SCHEDULED)


def test_edit_session_without_a_change_raises_no_revision(session, officer, now):
    same = edit_session(session=session, plan=plan_of(session), by=officer, at=now)
    assert (same.sequence, same.revised_at) == (0, session.revised_at)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "あたらしい題"},
        {"time_note": "受付は15分前から"},
        {"online_url": "https://meet.example/1"},
    ],
)
def test_edit_session_raises_the_revision_once(change, session, officer, now):
    edited = edit_session(
        session=session, plan=replace(plan_of(session), **change), by=officer, at=now
    )
    assert (edited.sequence, edited.revised_at) == (1, now)
    assert edited.state == SessionState.SCHEDULED


def test_change_place_raises_the_revision(session, officer, now):
    room = RoomFactory()
    changed = change_place(session=session, venue=room.venue, room=room, by=officer, at=now)
    assert (changed.room, changed.venue, changed.sequence) == (room, room.venue, 1)


def test_change_place_refuses_a_room_of_another_venue(session, officer, now):
    with pytest.raises(RoomElsewhere):
        change_place(
            session=session, venue=VenueFactory(), room=RoomFactory(), by=officer, at=now
        )
    assert _again(session).room is None


def test_cancel_session_keeps_the_row_and_the_reason(session, officer, now):
    cancelled = cancel_session(session=session, reason=" 台風のため ", by=officer, at=now)
    assert (cancelled.state, cancelled.state_note) == (SessionState.CANCELLED, "台風のため")
    assert (cancelled.uid, cancelled.sequence, cancelled.revised_at) == (
        session.uid,
        1,
        now,
    )


def test_cancel_session_needs_a_reason(session, officer, now):
    with pytest.raises(ReasonMissing):
        cancel_session(session=session, reason="  ", by=officer, at=now)


def test_cancel_session_twice_is_refused(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    with pytest.raises(SessionAlreadyCancelled):
        cancel_session(session=session, reason="台風", by=officer, at=now)
    assert _again(session).sequence == 1


def test_cancel_session_after_its_end_is_refused(session, officer):
    with pytest.raises(SessionIsOver):
        cancel_session(session=session, reason="台風", by=officer, at=session.ends_at)


def test_a_cancelled_session_cannot_be_moved(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    with pytest.raises(SessionAlreadyCancelled):
        move_session(
            session=session,
            starts_at=session.starts_at + DAY,
            ends_at=session.ends_at + DAY,
            by=officer,
            at=now,
        )


def test_a_postponed_session_gets_a_new_date(session, officer, now):
    postponed = postpone_session(session=session, reason="講師の都合", by=officer, at=now)
    assert (postponed.state, postponed.sequence) == (SessionState.POSTPONED, 1)
    moved = move_session(
        session=postponed,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        by=officer,
        at=now,
    )
    assert (moved.state, moved.state_note) == (SessionState.MOVED, "")
    assert (moved.former_starts_at, moved.sequence) == (session.starts_at, 2)


def test_postpone_session_twice_is_refused(session, officer, now):
    postpone_session(session=session, reason="講師の都合", by=officer, at=now)
    with pytest.raises(SessionAlreadyPostponed):
        postpone_session(session=session, reason="講師の都合", by=officer, at=now)


def test_reinstate_session_takes_the_cancellation_back(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    held = reinstate_session(session=session, by=officer, at=now + HOUR)
    assert (held.state, held.state_note) == (SessionState.SCHEDULED, "")
    assert (held.sequence, held.revised_at) == (2, now + HOUR)


def test_reinstate_session_remembers_that_it_was_moved(session, officer, now):
    moved = move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        by=officer,
        at=now,
    )
    cancel_session(session=moved, reason="台風", by=officer, at=now)
    assert reinstate_session(session=moved, by=officer, at=now).state == SessionState.MOVED


def test_reinstate_session_that_is_held_is_refused(session, officer, now):
    with pytest.raises(SessionIsHeld):
        reinstate_session(session=session, by=officer, at=now)


def test_reinstate_session_after_its_end_is_refused(session, officer, now):
    cancel_session(session=session, reason="台風", by=officer, at=now)
    with pytest.raises(SessionIsOver):
        reinstate_session(session=session, by=officer, at=session.ends_at)
