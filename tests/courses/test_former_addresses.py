"""A course that gets another address can still be found at all it had before."""

import pytest
from django.db import IntegrityError, transaction

from courses.domain.former_addresses import SlugTaken, course_once_at
from courses.domain.making import free_slug
from courses.domain.publication import publish_course
from courses.models import Course, FormerSlug
from tests.factories import NOON, CourseFactory

pytestmark = pytest.mark.django_db


def publish(course: Course, slug: str) -> Course:
    return publish_course(course=course, slug=slug, title=course.title, at=NOON)


def former() -> dict[str, str]:
    return dict(FormerSlug.objects.values_list("slug", "course__slug"))


def test_former_address_is_kept():
    course = CourseFactory(slug="old")

    publish(course, "new")

    assert former() == {"old": "new"}
    assert course_once_at("old") == course


def test_all_former_addresses_lead_to_the_present_one():
    course = CourseFactory(slug="first")

    publish(course, "second")
    publish(course, "third")

    assert former() == {"first": "third", "second": "third"}


def test_course_can_go_back_to_an_address_it_had():
    course = CourseFactory(slug="first")

    publish(course, "second")
    publish(course, "first")

    assert former() == {"second": "first"}


def test_address_of_a_draft_is_not_kept():
    course = CourseFactory(slug="draft", published_at=None)

    publish(course, "public")

    assert former() == {}


def test_publishing_again_keeps_nothing():
    publish(CourseFactory(slug="same"), "same")

    assert former() == {}


@pytest.mark.parametrize("slug", ["old", "new"])
def test_no_other_course_takes_an_address_that_is_or_was_one(slug):
    publish(CourseFactory(slug="old"), "new")
    other = CourseFactory(slug="other")

    with pytest.raises(SlugTaken):
        publish(other, slug)

    other.refresh_from_db()
    assert other.slug == "other"


def test_free_address_avoids_former_ones():
    publish(CourseFactory(slug="防災"), "防災入門")

    assert free_slug("防災") == "防災-2"


def test_database_refuses_a_former_address_to_a_new_course():
    publish(CourseFactory(slug="old"), "new")

    with pytest.raises(IntegrityError), transaction.atomic():
        CourseFactory(slug="old")
    CourseFactory(slug="another")


def test_database_refuses_a_former_address_to_another_course():
    publish(CourseFactory(slug="old"), "new")
    CourseFactory(slug="other")

    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(slug="other").update(slug="old")
    Course.objects.filter(slug="other").update(slug="another")
    Course.objects.filter(slug="new").update(slug="old")


def test_database_refuses_to_note_the_address_of_another_course_as_former():
    course, other = CourseFactory(slug="one"), CourseFactory(slug="two")

    with pytest.raises(IntegrityError), transaction.atomic():
        FormerSlug.objects.create(slug="two", course=course)
    FormerSlug.objects.create(slug="three", course=other)
