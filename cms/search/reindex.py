"""Facts of a course are searched with its page; when they change, so does the index."""

from wagtail.search import index

from cms.models import CoursePage
from courses.models import Course


def reindex_course(course: Course) -> None:
    """After a change outside the page: names, stages, themes, instructors, venue."""
    for page in CoursePage.objects.filter(course=course):
        index.insert_or_update_object(page)
