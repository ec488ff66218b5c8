"""The calendar of one application, for people without an account to subscribe to. For
whoever holds its address, which the mail about the place names."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from courses.views.calendar_response import no_such_calendar
from courses.views.feeds import safe_only
from enrollments.domain.links import application_of_calendar
from enrollments.domain.secret_calendar import calendar_of
from enrollments.views.personal_feed import by_stamp, unless_too_often


@safe_only
def application_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Forged, mistyped and former addresses get the 404 of every other calendar; what is
    in it says nothing of who applied, and does not lead to the application."""
    now = timezone.now()
    application = application_of_calendar(token)
    if application is None:
        return no_such_calendar()
    return unless_too_often(
        token,
        at=now,
        answer=lambda: by_stamp(
            request, calendar_of(application, at=now), address=token, at=now
        ),
    )
