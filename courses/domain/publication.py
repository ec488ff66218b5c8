"""Whether a course is public is a fact of the course, set when its page goes live or
is taken down. Runs and sessions stay as they are; subscribers are told of the change."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.change_words import course_words
from courses.domain.changes import differences, record_change
from courses.domain.former_addresses import change_address
from courses.domain.locking import lock_course_with_runs
from courses.domain.revision import revised
from courses.enums import ChangeAct
from courses.models import Course, Session
from courses.models.querysets import SessionQuerySet


def publish_course(
    *, course: Course, slug: str, title: str, at: datetime, by: User | None = None
) -> Course:
    """The course takes address and title from the page that went live. `by` none: at a
    time that was set before. The address that it had before is kept.

    Raises: SlugTaken (the new one is or was another course's).
    """
    with transaction.atomic():
        fresh = lock_course_with_runs(course.pk)
        was_public = fresh.is_public
        before = course_words(fresh, at=at)
        change_address(course=fresh, slug=slug)
        fresh.title, fresh.withdrawn_at = title, None
        fresh.published_at = fresh.published_at or at
        with revised(_sessions(fresh), at=at):
            fresh.save(update_fields=["slug", "title", "withdrawn_at", "published_at"])
        fields = differences(before, course_words(fresh, at=at))
        if fields or not was_public:
            act = ChangeAct.CHANGED if was_public else ChangeAct.PUBLISHED
            record_change(subject=fresh, act=act, by=by, at=at, fields=fields)
    return fresh


def withdraw_course(*, course: Course, at: datetime, by: User | None = None) -> Course:
    """Its last page was taken down: feeds show the coming sessions as cancelled."""
    with transaction.atomic():
        fresh = lock_course_with_runs(course.pk)
        if fresh.is_public:
            fresh.withdrawn_at = at
            with revised(_sessions(fresh), at=at):
                fresh.save(update_fields=["withdrawn_at"])
            record_change(subject=fresh, act=ChangeAct.WITHDRAWN, by=by, at=at)
    return fresh


def _sessions(course: Course) -> SessionQuerySet:
    return Session.objects.filter(run__course=course)
