"""What a journey begins with: a run that people can apply for today."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from courses.models import Course, CourseRun
from tests.factories import CourseRunFactory, SessionFactory, VenueFactory

DAY = timedelta(days=1)


def run_in_a_week(course: Course, **facts: Any) -> CourseRun:
    """One session in a week; applications since yesterday, for five days more."""
    now = timezone.now()
    run = CourseRunFactory(
        course=course,
        venue=VenueFactory(),
        applications_open_at=now - DAY,
        applications_close_at=now + 5 * DAY,
        **facts,
    )
    SessionFactory(run=run, number=1, starts_at=now + 7 * DAY)
    return run
