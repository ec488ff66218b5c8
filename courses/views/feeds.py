"""Public calendars of one course, stage, theme, series or venue. Open to everybody."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from courses.domain.catalogue import with_descendants
from courses.domain.feeds import events_of, in_window
from courses.exchange.ical import CalendarFeed
from courses.models import Course, Series, Session, Stage, Theme, Venue
from courses.models.querysets import SessionQuerySet
from courses.views.calendar_response import calendar_response, no_such_calendar

View = Callable[..., HttpResponse]


def feed(view: View) -> View:
    """GET and HEAD only; anything else, PROPFIND too, is 405 and never a CSRF page."""
    return csrf_exempt(require_safe(view))


def public_calendar(
    request: HttpRequest,
    sessions: SessionQuerySet,
    *,
    name: str,
    path: str,
    page: str,
    description: str = "",
) -> HttpResponse:
    """`path` is the calendar's own address, `page` that of the page it belongs to."""
    site = settings.PUBLIC_URL
    chosen = in_window(sessions, at=timezone.now())
    words = f"{settings.CITY_NAME}の講座の日程です。変更や中止も反映されます。"
    calendar = CalendarFeed(
        name=f"{name}｜{settings.SITE_NAME}" if name else settings.SITE_NAME,
        description=f"{description}\n{words}",
        events=events_of(chosen, site=site),
        page=f"{site}{page}",
        source=f"{site}{path}",
    )
    return calendar_response(request, calendar)


@feed
def course_feed(request: HttpRequest, slug: str) -> HttpResponse:
    course = Course.objects.once_public().filter(slug=slug).first()
    if course is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course=course)
    page = f"/courses/{quote(slug)}/"
    return public_calendar(
        request,
        sessions,
        name=course.title,
        path=f"{page}calendar.ics",
        page=page if course.is_public else "/courses/",
        description=course.summary,
    )


@feed
def stage_feed(request: HttpRequest, key: str) -> HttpResponse:
    stage = Stage.objects.filter(key=key).first()
    if stage is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course__stages=stage)
    page = f"/stages/{key}/"
    return public_calendar(
        request, sessions, name=stage.name, path=f"{page}calendar.ics", page=page
    )


@feed
def theme_feed(request: HttpRequest, key: str) -> HttpResponse:
    """With everything below the theme, as in the catalogue."""
    theme = Theme.objects.filter(key=key).first()
    if theme is None:
        return no_such_calendar()
    courses = Course.objects.filter(themes__in=with_descendants([key]))
    sessions = Session.objects.filter(run__course__in=courses.values("pk"))
    path, page = f"/themes/{key}/calendar.ics", f"/courses/?theme={key}"
    return public_calendar(request, sessions, name=theme.name, path=path, page=page)


@feed
def series_feed(request: HttpRequest, slug: str) -> HttpResponse:
    series = Series.objects.filter(slug=slug).first()
    if series is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course__units__series=series)
    page = f"/series/{quote(slug)}/"
    return public_calendar(
        request, sessions, name=series.title, path=f"{page}calendar.ics", page=page
    )


@feed
def venue_feed(request: HttpRequest, code: str) -> HttpResponse:
    """What is held there: a session's own place goes before its run's."""
    venue = Venue.objects.filter(code=code).first()
    if venue is None:
        return no_such_calendar()
    by_run = Q(room=None, venue=None, run__venue=venue)
    here = Q(room__venue=venue) | Q(room=None, venue=venue) | by_run
    path = f"/venues/{code}/calendar.ics"
    return public_calendar(
        request,
        Session.objects.filter(here),
        name=venue.name,
        path=path,
        page="/courses/",
    )
