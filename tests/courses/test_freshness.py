"""The stamp moves with everything that shows and with nothing else."""

from datetime import timedelta

import pytest

from courses.domain.freshness import calendar_stamp
from courses.domain.publication import publish_course, withdraw_course
from courses.domain.sessions import cancel_session
from courses.enums import RunState
from courses.models import CourseRun, Session
from tests.factories import CourseFactory, SeatPoolFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return SessionFactory()


def _cancel(session, now):
    cancel_session(
        session=session, reason="台風", by=UserFactory(is_superuser=True), at=now
    )


def _add(session, now):
    SessionFactory(run=session.run)


def _swap(session, now):
    Session.objects.filter(pk=session.pk).delete()
    SessionFactory(run=session.run, revised_at=session.revised_at)


def _withdraw(session, now):
    withdraw_course(course=session.run.course, at=now)


def _publish(session, now):
    draft = CourseFactory(published_at=None)
    publish_course(course=draft, slug="new", title="新しい講座", at=now)


def _plan(session, now):
    CourseRun.objects.update(state=RunState.PLANNED)


def _postpone(session, now):
    CourseRun.objects.update(state=RunState.POSTPONED)


@pytest.mark.parametrize(
    "change", [_cancel, _add, _swap, _withdraw, _publish, _plan, _postpone]
)
def test_stamp_moves_with_what_shows(change, session, now):
    before = calendar_stamp(at=now)
    change(session, now)
    assert calendar_stamp(at=now) != before


def test_stamp_stays_while_people_apply_and_notes_are_written(session, now):
    before = calendar_stamp(at=now)
    CourseRun.objects.update(note="駐車場なし")
    SeatPoolFactory(run=session.run, seats_taken=1)
    assert calendar_stamp(at=now + timedelta(hours=1)) == before


def test_stamp_is_one_query(session, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar_stamp(at=now)
