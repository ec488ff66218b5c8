"""A page that goes live or is taken down makes its course public or not."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from cms.models import CoursePage
from courses.domain.publication import publish_course, withdraw_course


def course_page_published(instance: CoursePage, **kwargs: Any) -> None:
    publish_course(
        course=instance.course, slug=instance.slug, title=instance.title, at=timezone.now()
    )


def course_page_unpublished(instance: CoursePage, **kwargs: Any) -> None:
    withdraw_course(course=instance.course, at=timezone.now())


def connect() -> None:
    page_published.connect(course_page_published, sender=CoursePage)
    page_unpublished.connect(course_page_unpublished, sender=CoursePage)
