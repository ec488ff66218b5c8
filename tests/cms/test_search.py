"""Japanese search: what residents type finds what they mean, on both databases."""

from wagtail.models import Page

from cms.models import CatalogueIndexPage, CoursePage
from tests.factories import CourseFactory


def catalogue() -> CatalogueIndexPage:
    root = Page.objects.get(depth=1)
    return root.add_child(instance=CatalogueIndexPage(title="Catalogue", slug="all"))


def course_pages(texts: dict[str, tuple[str, str]]) -> dict[str, CoursePage]:
    index = catalogue()
    pages = {}
    for key, (title, intro) in texts.items():
        course = CourseFactory(slug=key, title=title, kind="staff_training")
        page = CoursePage(title=title, slug=key, intro=intro, course=course)
        pages[key] = index.add_child(instance=page)
    return pages
