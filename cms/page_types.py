"""Which type of page a course has follows from its kind.

A joint session has a page of its own type under its own index. Once the page has been
public the kind is fixed on that side (`courses.domain.making.KindIsFixed`), so that only
a draft ever changes its type, and keeps its number, its words and its history.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search import index

from cms.models import (
    CatalogueIndexPage,
    CoursePage,
    JointSessionIndexPage,
    JointSessionPage,
)
from courses.models import Course

IndexPage = CatalogueIndexPage | JointSessionIndexPage


def page_type_of(course: Course) -> type[CoursePage]:
    return JointSessionPage if course.is_joint else CoursePage


def index_type_of(course: Course) -> type[IndexPage]:
    return JointSessionIndexPage if course.is_joint else CatalogueIndexPage


def in_its_type(page: CoursePage, course: Course) -> CoursePage:
    """The draft, moved to the type and the index that suit the course."""
    wanted = page_type_of(course)
    return page if type(page) is wanted else _retype(page, wanted, course)


@transaction.atomic
def _retype(page: CoursePage, wanted: type[CoursePage], course: Course) -> CoursePage:
    index.remove_object(page)
    ReferenceIndex.remove_for_object(page)
    if wanted is JointSessionPage:
        JointSessionPage(coursepage_ptr_id=page.pk).save_base(raw=True)
    else:
        joint = JointSessionPage.objects.filter(pk=page.pk)
        joint._raw_delete(joint.db)
    _point_at_type(page, ContentType.objects.get_for_model(wanted))
    found = wanted.objects.get(pk=page.pk)
    found.move(index_type_of(course).objects.get(), pos="last-child")
    moved: CoursePage = wanted.objects.get(pk=page.pk).get_latest_revision_as_object()
    return moved


def _point_at_type(page: Page, wanted: ContentType) -> None:
    """Everything that keeps the type of the page beside its number."""
    Page.objects.filter(pk=page.pk).update(content_type=wanted)
    PageLogEntry.objects.filter(page=page.pk).update(content_type=wanted)
    kept: Any
    for kept in (Revision, WorkflowState):
        kept.objects.filter(
            base_content_type=page.get_base_content_type(), object_id=str(page.pk)
        ).update(content_type=wanted)
