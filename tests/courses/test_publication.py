"""A course becomes public and is withdrawn; its sessions are only told of it."""

from datetime import timedelta

import pytest

from courses.domain.publication import publish_course, withdraw_course
from courses.models import Session
from tests.factories import NOON, CourseFactory, CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def draft():
    return CourseFactory(slug="old", title="下書き", published_at=None)


@pytest.fixture
def course():
    return CourseFactory(slug="bosai", title="防災", published_at=NOON - 30 * DAY)


@pytest.fixture
def coming(course) -> Session:
    return SessionFactory(run=CourseRunFactory(course=course), revised_at=NOON - DAY)


def revision(session: Session) -> tuple[int, object]:
    return Session.objects.values_list("sequence", "revised_at").get(pk=session.pk)


def test_publishing_takes_address_and_title_from_the_page(draft):
    published = publish_course(course=draft, slug="bosai", title="防災", at=NOON)

    published.refresh_from_db()
    assert (published.slug, published.title) == ("bosai", "防災")
    assert (published.published_at, published.withdrawn_at) == (NOON, None)
    assert published.is_public


def test_publishing_again_keeps_the_first_moment(course):
    again = publish_course(course=course, slug="bosai", title="防災", at=NOON)

    assert again.published_at == NOON - 30 * DAY


def test_first_publication_is_no_revision(draft):
    session = SessionFactory(run=CourseRunFactory(course=draft), revised_at=NOON - DAY)

    publish_course(course=draft, slug="bosai", title="防災", at=NOON)

    assert revision(session) == (0, NOON - DAY)


def test_publishing_without_a_change_is_no_revision(course, coming):
    publish_course(course=course, slug="bosai", title="防災", at=NOON)

    assert revision(coming) == (0, NOON - DAY)


@pytest.mark.parametrize("changed", [{"slug": "sonae"}, {"title": "備え"}])
def test_new_address_or_title_revises_what_calendars_show(course, coming, changed):
    past, gone = (
        SessionFactory(run=coming.run, starts_at=NOON - days * DAY, revised_at=NOON - DAY)
        for days in (5, 90)
    )

    publish_course(course=course, at=NOON, **{"slug": "bosai", "title": "防災", **changed})

    assert revision(coming) == (1, NOON)
    assert revision(past) == (1, NOON)
    assert revision(gone) == (0, NOON - DAY)


def test_withdrawing_hides_the_course_and_revises_its_sessions(course, coming):
    withdrawn = withdraw_course(course=course, at=NOON)

    withdrawn.refresh_from_db()
    assert (withdrawn.is_public, withdrawn.withdrawn_at) == (False, NOON)
    assert withdrawn.published_at == NOON - 30 * DAY
    assert revision(coming) == (1, NOON)


def test_withdrawing_twice_changes_nothing_more(course, coming):
    withdraw_course(course=course, at=NOON)

    assert withdraw_course(course=course, at=NOON + DAY).withdrawn_at == NOON
    assert revision(coming) == (1, NOON)


def test_withdrawing_a_draft_changes_nothing(draft):
    assert withdraw_course(course=draft, at=NOON).withdrawn_at is None


def test_publishing_a_withdrawn_course_revises_its_sessions_again(course, coming):
    withdraw_course(course=course, at=NOON)

    back = publish_course(course=course, slug="bosai", title="防災", at=NOON + DAY)

    assert (back.is_public, back.withdrawn_at) == (True, None)
    assert revision(coming) == (2, NOON + DAY)
