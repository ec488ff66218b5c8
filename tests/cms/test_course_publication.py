"""Publishing, reverting and deleting pages: the course follows, runs are never touched."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from cms.models import CatalogueIndexPage, CoursePage
from courses.models import Course, CourseRun, SeatPool, Session
from tests.factories import NOON, CourseFactory

DAY = timedelta(days=1)


@pytest.fixture
def run(offer) -> CourseRun:
    return offer("防災")


@pytest.fixture
def page(run) -> CoursePage:
    return CoursePage.objects.get(course=run.course)


def facts() -> list[list[dict]]:
    """Every column of runs, pools and sessions, beside what tells calendars of changes."""
    sessions = list(Session.objects.order_by("pk").values())
    for session in sessions:
        del session["sequence"], session["revised_at"]
    return [list(CourseRun.objects.values()), list(SeatPool.objects.values()), sessions]


def course_of(page: CoursePage) -> Course:
    return Course.objects.get(pk=page.course_id)


def test_publishing_a_page_makes_its_course_public(page):
    course = course_of(page)

    assert (course.is_public, course.published_at) == (True, NOON)
    assert (course.slug, course.title) == (page.slug, page.title)


def test_course_follows_the_published_page_and_not_its_drafts(page):
    before = facts()
    page.title, page.slug = "備え", "sonae"
    revision = page.save_revision()

    assert course_of(page).title == "防災"

    revision.publish()

    course = course_of(page)
    assert (course.slug, course.title) == ("sonae", "備え")
    assert facts() == before
    assert Session.objects.get().sequence == 1


def test_taking_the_page_down_withdraws_the_course_and_tells_calendars(page):
    before = facts()

    with time_machine.travel(NOON + DAY, tick=False):
        page.unpublish()

    assert course_of(page).withdrawn_at == NOON + DAY
    assert facts() == before
    assert Session.objects.values_list("sequence", "revised_at").get() == (1, NOON + DAY)


def test_publishing_again_brings_the_course_back(page):
    page.unpublish()

    page.save_revision().publish()

    assert course_of(page).is_public
    assert Session.objects.get().sequence == 2


def test_reverting_to_an_older_revision_leaves_runs_alone(page):
    older = page.latest_revision
    page.title = "備え"
    page.save_revision().publish()
    Session.objects.update(starts_at=NOON + 20 * DAY, ends_at=NOON + 21 * DAY)
    before = facts()

    older.publish()

    assert course_of(page).title == "防災"
    assert facts() == before


def test_deleting_the_page_withdraws_the_course_and_keeps_its_runs(page):
    before = facts()

    page.delete()

    course = Course.objects.get()
    assert (course.is_public, course.withdrawn_at) == (False, NOON)
    assert facts() == before


def test_address_of_another_course_is_refused(page):
    CourseFactory(slug="sonae", published_at=None)
    page.slug = "sonae"

    with pytest.raises(ValidationError, match="別の講座が使っています"):
        page.full_clean()


def test_own_address_is_not_refused(page):
    page.full_clean()


def test_title_that_the_course_cannot_hold_is_refused(site):
    course = CourseFactory(published_at=None)
    page = CoursePage(title="長" * 161, slug="long", course=course)

    with pytest.raises(ValidationError) as refused:
        CatalogueIndexPage.objects.get().add_child(instance=page)

    assert set(refused.value.message_dict) == {"title"}
