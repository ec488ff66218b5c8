"""Revisions: one update, and only for what a subscriber sees."""

from datetime import timedelta

import pytest

from courses.domain.revision import revise_sessions, revise_what_shows
from courses.models import Session
from tests.factories import CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_revise_sessions_raises_sequence_in_one_update(now, django_assert_num_queries):
    run = CourseRunFactory()
    SessionFactory.create_batch(3, run=run)
    with django_assert_num_queries(1):
        assert revise_sessions(Session.objects.filter(run=run), at=now) == 3
    assert set(run.sessions.values_list("sequence", "revised_at")) == {(1, now)}


def test_revise_what_shows_passes_over_what_no_calendar_shows(now):
    session = SessionFactory()
    assert revise_what_shows(run=session.run, changed={"note", "fee"}, at=now) == 0
    session.refresh_from_db()
    assert session.sequence == 0


def test_revise_what_shows_leaves_past_sessions_alone(now):
    run = CourseRunFactory()
    past = SessionFactory(
        run=run,
        number=1,
        starts_at=now - timedelta(days=2),
        ends_at=now - timedelta(days=1),
    )
    coming = SessionFactory(run=run, number=2)
    assert revise_what_shows(run=run, changed={"note", "bring"}, at=now) == 1
    past.refresh_from_db()
    coming.refresh_from_db()
    assert (past.sequence, coming.sequence) == (0, 1)
