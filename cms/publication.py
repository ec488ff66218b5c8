"""A page that goes live or is taken down makes its course public or not."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, page_unpublished

from accounts.models import User
from cms.models import COURSE_PAGES, CoursePage
from courses.domain.publication import publish_course, withdraw_course


def course_page_published(instance: CoursePage, **kwargs: Any) -> None:
    """Wagtail says so too when a page is only given the date on which it will appear."""
    if not instance.live:
        return
    publish_course(
        course=instance.course,
        slug=instance.slug,
        title=instance.title,
        at=timezone.now(),
        by=_who(),
    )


def course_page_unpublished(instance: CoursePage, **kwargs: Any) -> None:
    withdraw_course(course=instance.course, at=timezone.now(), by=_who())


def _who() -> User | None:
    """Who works in the back office just now; nobody where the worker keeps a date."""
    return get_active_log_context().user


def connect() -> None:
    """Signals come from the exact type of a page."""
    for kind in COURSE_PAGES:
        page_published.connect(course_page_published, sender=kind)
        page_unpublished.connect(course_page_unpublished, sender=kind)
