"""Pages for courses that were made elsewhere than in the form, from plain text.

Text becomes escaped paragraphs: nothing that was written into a list can run.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from django.utils.html import escape
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.search import index

from cms.models import COURSE_PAGES, CatalogueIndexPage, CoursePage
from courses.domain.event_import import MadeCourse
from courses.domain.former_addresses import taken_like
from courses.models import Course

HEADING_LENGTH = 120


class NoCatalogue(Exception):
    """There is no page under which course pages could stand."""


def catalogue() -> CatalogueIndexPage:
    """Raises: NoCatalogue."""
    page = CatalogueIndexPage.objects.first()
    if page is None:
        raise NoCatalogue
    return page


@contextmanager
def indexed_once() -> Iterator[None]:
    """Making and publishing a page saves it three times, and each time it would be
    analysed for searching; for hundreds of pages once, by `index_pages`, is enough.

    For commands only: the whole process stops indexing course pages meanwhile.
    """
    for kind in COURSE_PAGES:
        post_save.disconnect(post_save_signal_handler, sender=kind)
    try:
        yield
    finally:
        for kind in COURSE_PAGES:
            post_save.connect(post_save_signal_handler, sender=kind)


def index_pages(courses: Iterable[int]) -> None:
    """After pages or facts of these courses changed."""
    for page in CoursePage.objects.filter(course__in=list(courses)):
        index.insert_or_update_object(page)


def make_course_page(*, made: MadeCourse, parent: CatalogueIndexPage) -> CoursePage:
    """A draft."""
    page = CoursePage(
        title=made.course.title,
        slug=_free_slug(made.course, parent),
        intro=made.course.summary,
        course=made.course,
        live=False,
        has_unpublished_changes=True,
    )
    page.body = list(_blocks(made.facts.body))
    parent.add_child(instance=page)
    page.save_revision()
    return page


def never_published(courses: Iterable[int]) -> list[CoursePage]:
    """Their drafts; a page that somebody took down stays down."""
    return list(
        CoursePage.objects.filter(
            course__in=list(courses), live=False, first_published_at__isnull=True
        ).select_related("course")
    )


def publish(page: CoursePage) -> None:
    """The latest draft goes live; the course becomes public through Wagtail's signal."""
    page.get_latest_revision().publish()


def _blocks(body: tuple[tuple[str, str], ...]) -> Iterable[tuple[str, str]]:
    for heading, text in body:
        if heading:
            yield "heading", heading[:HEADING_LENGTH]
        yield "paragraph", paragraphs(text)


def paragraphs(text: str) -> str:
    """Blank lines divide paragraphs, single breaks stay breaks."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return "".join(
        f"<p>{'<br/>'.join(escape(line) for line in block.splitlines())}</p>"
        for block in blocks
    )


def _free_slug(course: Course, parent: Page) -> str:
    """The course's own address unless another page or course has it."""
    slug = course.slug
    taken = taken_like(slug, course=course) | set(
        parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
