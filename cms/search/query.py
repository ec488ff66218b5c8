"""Which courses a search text finds, best first."""

from cms.models import CoursePage
from cms.search.analysis import NOTHING, query_tree
from courses.models import Course


def matching_course_ids(text: str, limit: int = 5000) -> list[int] | None:
    """Primary keys of public courses; none when the text holds nothing to search for."""
    if not text.strip():
        return None
    if query_tree(text) == NOTHING:
        return []
    pages = [page.pk for page in CoursePage.objects.live().search(text)[:limit]]
    courses = dict(
        Course.objects.public().filter(pages__in=pages).values_list("pages", "pk")
    )
    return [courses[page] for page in pages if page in courses]
