"""Public calendars of one course, stage, theme, series or venue. Open to everybody."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from courses.domain.catalogue import with_descendants
from courses.domain.feeds import events_of, in_window
from courses.exchange.ical import CalendarFeed, render_calendar
from courses.models import Course, Series, Session, Stage, Theme, Venue
from courses.models.querysets import SessionQuerySet
from courses.views.calendar_response import calendar_response, no_such_calendar


def public_calendar(
    request: HttpRequest,
    sessions: SessionQuerySet,
    *,
    name: str,
    page: str = "",
) -> HttpResponse:
    """`page` is the path of the page that the calendar belongs to."""
    site = settings.PUBLIC_URL
    feed = CalendarFeed(
        name=f"{name}（{settings.SITE_NAME}）" if name else settings.SITE_NAME,
        description=f"{settings.CITY_NAME}の講座の日程",
        events=events_of(in_window(sessions, at=timezone.now()), site=site),
        page=f"{site}{page}" if page else "",
        source=f"{site}{request.get_full_path()}",
    )
    return calendar_response(
        request,
        render_calendar(feed),
        changed_at=feed.changed_at,
        filename=name or settings.SITE_NAME,
    )


View = Callable[..., HttpResponse]


def feed(view: View) -> View:
    """GET and HEAD only; anything else, PROPFIND too, is 405."""
    return csrf_exempt(require_safe(view))


@feed
def course_feed(request: HttpRequest, slug: str) -> HttpResponse:
    course = Course.objects.once_public().filter(slug=slug).first()
    if course is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course=course)
    return public_calendar(request, sessions, name=course.title, page=f"/courses/{slug}/")


@feed
def stage_feed(request: HttpRequest, key: str) -> HttpResponse:
    stage = Stage.objects.filter(key=key).first()
    if stage is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course__stages=stage)
    return public_calendar(request, sessions, name=stage.name, page=f"/stages/{key}/")


@feed
def theme_feed(request: HttpRequest, key: str) -> HttpResponse:
    theme = Theme.objects.filter(key=key).first()
    if theme is None:
        return no_such_calendar()
    courses = Course.objects.filter(themes__in=with_descendants([key]))
    sessions = Session.objects.filter(run__course__in=courses)
    page = f"/courses/?theme={key}"
    return public_calendar(request, sessions, name=theme.name, page=page)


@feed
def series_feed(request: HttpRequest, slug: str) -> HttpResponse:
    series = Series.objects.filter(slug=slug).first()
    if series is None:
        return no_such_calendar()
    sessions = Session.objects.filter(run__course__units__series=series)
    return public_calendar(request, sessions, name=series.title, page=f"/series/{slug}/")


@feed
def venue_feed(request: HttpRequest, code: str) -> HttpResponse:
    venue = Venue.objects.filter(code=code).first()
    if venue is None:
        return no_such_calendar()
    here = Session.objects.filter(room__venue=venue) | Session.objects.filter(venue=venue)
    by_run = Session.objects.filter(room=None, venue=None, run__venue=venue)
    sessions = Session.objects.filter(pk__in=(here | by_run).values("pk"))
    return public_calendar(request, sessions, name=venue.name)
