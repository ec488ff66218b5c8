"""The calendar of one application, for people without an account to subscribe to. For
whoever holds its address, which the mail about the place names."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.domain.rate_limit import TooManyRequests, count_attempt
from courses.exchange.ical import CalendarFeed
from courses.views.calendar_response import (
    calendar_response,
    no_such_calendar,
    too_many_requests,
    write_calendar,
)
from courses.views.feeds import safe_only
from enrollments.domain.links import application_of_calendar
from enrollments.domain.personal_calendar import events_of_application


@safe_only
def application_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Forged, mistyped and former addresses get the 404 of every other calendar; what is
    in it says nothing of who applied, and does not lead to the application."""
    now, site = timezone.now(), settings.PUBLIC_URL
    try:
        count_attempt(rule="feed_token", who=token, at=now)
    except TooManyRequests as refusal:
        return too_many_requests(refusal.retry_after)
    application = application_of_calendar(token)
    if application is None:
        return no_such_calendar()
    course = application.run.course
    calendar = CalendarFeed(
        name=f"{course.title}｜{settings.SITE_NAME}",
        description="申し込んだ講座の日程です。変更や中止も反映されます。",
        events=events_of_application(application, at=now, site=site),
        page=f"{site}/{course.address}" if course.is_public else f"{site}/courses/",
    )
    written = write_calendar(calendar, address=request.path, at=now)
    return calendar_response(request, written, is_private=True)
