"""Which courses a search text finds, best first."""

from wagtail.search.backends import get_search_backend

from cms.models import CoursePage
from cms.search.asking import asked_words
from cms.search.expression import WellAskedText
from cms.search.synonym_groups import synonyms_for


def well_asked(text: str) -> WellAskedText:
    """With its synonyms, looked up once for whatever is done with the text."""
    return WellAskedText(text, synonyms_for(text))


def matching_course_ids(text: str | WellAskedText, limit: int = 5000) -> list[int] | None:
    """Courses with a live page; None when the text holds nothing to search for."""
    typed = text if isinstance(text, str) else text.query_string
    if not asked_words(typed):
        return None
    found = get_search_backend().search(text, CoursePage.objects.live())[:limit]
    courses: list[int] = found.column("course_id")
    return courses
