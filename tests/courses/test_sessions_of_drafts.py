"""Drafts may lose sessions and be numbered anew; announced runs may not."""

from datetime import timedelta

import pytest

from courses.domain.draft_sessions import discard_session, number_by_date
from courses.domain.refusals import SessionWasAnnounced
from courses.enums import RunState
from tests.factories import CourseRunFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(is_superuser=True)


@pytest.fixture
def draft(now):
    """Three sessions, entered in the wrong order: third, first, second."""
    run = CourseRunFactory(state=RunState.PLANNED)
    for number, days in ((1, 30), (2, 10), (3, 20)):
        start = now + timedelta(days=days)
        SessionFactory(
            run=run, number=number, title=str(days), starts_at=start,
            ends_at=start + timedelta(hours=1),
        )  # fmt: skip
    return run


def _numbers(run):
    return dict(run.sessions.values_list("title", "number"))


def test_number_by_date_follows_the_calendar(draft, officer, now):
    number_by_date(run=draft, by=officer, at=now)
    assert _numbers(draft) == {"10": 1, "20": 2, "30": 3}


def test_discard_session_closes_the_gap(draft, officer, now):
    discard_session(session=draft.sessions.get(title="10"), by=officer, at=now)
    assert _numbers(draft) == {"20": 1, "30": 2}


def test_announced_sessions_keep_their_numbers(officer, now):
    session = SessionFactory()
    with pytest.raises(SessionWasAnnounced):
        number_by_date(run=session.run, by=officer, at=now)


def test_announced_sessions_cannot_be_discarded(officer, now):
    session = SessionFactory()
    with pytest.raises(SessionWasAnnounced):
        discard_session(session=session, by=officer, at=now)
    assert session.run.sessions.get() == session
