"""Facts of a course are searched with its page; when they change, so does the index."""

from django.db import models
from django.db.models import Q
from wagtail.search import index

from cms.models import CoursePage
from courses.models import Course, Instructor, Partner, Venue

# How a course is found from what its page names.
NAMED_BY = {
    Instructor: ("course__instructors",),
    Partner: ("course__partnerships__partner",),
    Venue: ("course__runs__venue", "course__runs__sessions__venue"),
}


def reindex_course(course: Course) -> None:
    """After a change outside the page: names, stages, themes, instructors, venue."""
    for page in CoursePage.objects.filter(course=course):
        index.insert_or_update_object(page)


def reindex_courses_naming(part: models.Model) -> None:
    """After a venue, partner or instructor got another name, or may (not) be named."""
    names = Q(pk__in=[])
    for way in NAMED_BY.get(type(part), ()):
        names |= Q(**{way: part})
    for page in CoursePage.objects.filter(names).distinct():
        index.insert_or_update_object(page)
