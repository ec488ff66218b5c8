"""Whether a course is public is a fact of the course, set when its page goes live or
is taken down. Runs and sessions stay as they are; subscribers are told of the change."""

from datetime import datetime

from django.db import transaction

from courses.domain.revision import revise_sessions
from courses.models import Course, Session


def publish_course(*, course: Course, slug: str, title: str, at: datetime) -> Course:
    """The course takes address and title from the page that went live."""
    with transaction.atomic():
        fresh = Course.objects.select_for_update().get(pk=course.pk)
        seen_before = (fresh.slug, fresh.title, fresh.withdrawn_at)
        known = fresh.published_at is not None
        fresh.slug, fresh.title, fresh.withdrawn_at = slug, title, None
        fresh.published_at = fresh.published_at or at
        fresh.save(update_fields=["slug", "title", "withdrawn_at", "published_at"])
        if known and seen_before != (slug, title, None):
            _revise_future(fresh, at)
    return fresh


def withdraw_course(*, course: Course, at: datetime) -> Course:
    """Its last page was taken down: feeds show the coming sessions as cancelled."""
    with transaction.atomic():
        fresh = Course.objects.select_for_update().get(pk=course.pk)
        if fresh.is_public:
            fresh.withdrawn_at = at
            fresh.save(update_fields=["withdrawn_at"])
            _revise_future(fresh, at)
    return fresh


def _revise_future(course: Course, at: datetime) -> None:
    revise_sessions(Session.objects.filter(run__course=course).upcoming(at), at=at)
