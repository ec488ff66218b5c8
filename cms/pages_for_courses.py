"""Pages for courses that were made elsewhere than in the form, from plain text.

Text becomes escaped paragraphs: nothing that was written into a list can run.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_save
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backends_with_name
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.models import COURSE_PAGES, CatalogueIndexPage, CoursePage
from courses.domain.event_import import MadeCourse
from courses.domain.former_addresses import taken_like
from courses.models import Course

HEADING_LENGTH = 120
AT_ONCE = 100
_LATER: ContextVar[bool] = ContextVar("index_later", default=False)


class NoCatalogue(Refusal):
    """There is no page under which course pages could stand."""

    sentence = _("「講座の一覧」のページがありません。先に管理画面でつくってください。")


def catalogue() -> CatalogueIndexPage:
    """Raises: NoCatalogue."""
    page = CatalogueIndexPage.objects.first()
    if page is None:
        raise NoCatalogue
    return page


def _index_unless_later(instance: CoursePage, **kwargs: Any) -> None:
    if not _LATER.get():
        post_save_signal_handler(instance, **kwargs)


@contextmanager
def indexed_once() -> Iterator[None]:
    """Making and publishing a page saves it three times, and each time it would be
    analysed for searching; for hundreds of pages once, by `index_pages`, is enough.

    Others who save meanwhile, in other threads of the process, index as always.
    """
    for kind in COURSE_PAGES:
        post_save.connect(_index_unless_later, sender=kind)
        post_save.disconnect(post_save_signal_handler, sender=kind)
    before = _LATER.set(True)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _LATER.reset(before)


def index_pages(courses: Iterable[int]) -> None:
    """After pages or facts of these courses changed: for searching, and what refers to
    what. As many queries for a hundred as for one."""
    wanted = sorted(courses)
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        for kind in COURSE_PAGES:
            _index(kind, some)


def _index(kind: type[CoursePage], courses: list[int]) -> None:
    """Pages of exactly this kind, as each is indexed under its own."""
    pages = list(kind.get_indexed_objects().filter(course__in=courses))
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(kind, pages)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)


def make_course_page(
    *, made: MadeCourse, parent: CatalogueIndexPage, by: User | None = None
) -> CoursePage:
    """A draft, of whoever took the list over."""
    page = CoursePage(
        title=made.course.title,
        slug=_free_slug(made.course, parent),
        intro=made.course.summary,
        course=made.course,
        owner=by,
        live=False,
        has_unpublished_changes=True,
    )
    page.body = list(_blocks(made.facts.body))
    parent.add_child(instance=page)
    page.save_revision(user=by, clean=False)  # it was cleaned a line ago
    return page


def never_published(courses: Iterable[int]) -> list[CoursePage]:
    """Their drafts; a page that somebody took down stays down."""
    return list(
        CoursePage.objects.filter(
            course__in=list(courses), live=False, first_published_at__isnull=True
        ).select_related("course")
    )


def publish(page: CoursePage, *, by: User | None = None) -> None:
    """The latest draft goes live; the course becomes public through Wagtail's signal."""
    page.get_latest_revision().publish(user=by)


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
