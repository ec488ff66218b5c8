"""The prose of courses as plain text, for showing where a search found something."""

from collections.abc import Sequence

from django.utils.html import strip_tags

from cms.models import CoursePage

Prose = dict[int, list[str]]


def prose_of(keys: Sequence[int]) -> Prose:
    """By course, in one query: what it is in a sentence, then the page from its top."""
    pages = (
        CoursePage.objects.filter(course__in=keys)
        .select_related("course")
        .only("intro", "outcomes", "body", "course__summary")
    )
    return {page.course_id: _pieces(page) for page in pages}


def _pieces(page: CoursePage) -> list[str]:
    body = page.body.stream_block.get_searchable_content(page.body)
    pieces = [page.course.summary, page.intro, *page.outcome_lines]
    return [piece for piece in (*pieces, *map(strip_tags, map(str, body))) if piece]
