"""Public calendars of one course, run, stage, theme or venue, and one session as
a file. Open to everybody."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.domain.catalogue import with_descendants
from courses.domain.feeds import events_of, ever_public, in_window, shown_together
from courses.domain.former_addresses import course_once_at
from courses.exchange.ical import CalendarFeed
from courses.models import Course, CourseRun, Session, Stage, Theme, Venue
from courses.models.querysets import SessionQuerySet
from courses.models.session import uid_of
from courses.views.calendar_freshness import freshness
from courses.views.calendar_memory import KeptCalendar, memory
from courses.views.calendar_response import (
    calendar_response,
    no_such_calendar,
    preflight,
    write_calendar,
)

# In the request, for whoever answers the next one without asking a view.
KEPT = "manabiba.calendar"
FOLLOWS = "calendar_follows_places"
Build = Callable[..., CalendarFeed | None]
View = Callable[..., HttpResponse]


def safe_only(view: View) -> View:
    """GET and HEAD; anything else, PROPFIND too, is 405 and never a CSRF page."""
    return csrf_exempt(require_safe(view))


def public_feed(build: Build) -> View:
    """`build` takes the request, what the address names and `at`; none means 404."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(build)
    def fetched(request: HttpRequest, **named: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return preflight()
        now, seen = timezone.now(), freshness.now()
        address = request.META["PATH_INFO"], request.META.get("QUERY_STRING", "")
        kept = memory.recall(address, seen=seen, at=now) if seen else None
        if kept is None:
            feed = build(request, at=now, **named)
            if feed is None:
                return no_such_calendar()
            written = write_calendar(feed, address=_known_as(request, feed), at=now)
            if seen is None:
                return calendar_response(request, written)
            follows = getattr(request, FOLLOWS, False)
            kept = KeptCalendar.of(written, seen=seen, at=now, follows_places=follows)
            memory.keep(address, kept)
        request.META[KEPT] = kept
        return calendar_response(request, kept.written)

    return fetched


def _known_as(request: HttpRequest, feed: CalendarFeed) -> str:
    """However the address was typed: one calendar is remembered once."""
    return feed.source or request.path


def follow_places(request: HttpRequest) -> None:
    """For a calendar that depends on who has taken a place, too."""
    setattr(request, FOLLOWS, True)


def feed_of(
    sessions: SessionQuerySet,
    *,
    at: datetime,
    name: str,
    path: str,
    page: str,
    description: str = "",
) -> CalendarFeed:
    """`path` is the calendar's own address, `page` that of the page it belongs to."""
    site = settings.PUBLIC_URL
    words = f"{settings.CITY_NAME}の講座の日程です。変更や中止も反映されます。"
    return CalendarFeed(
        name=f"{name}｜{settings.SITE_NAME}" if name else settings.SITE_NAME,
        description=f"{description}\n{words}",
        events=events_of(in_window(ever_public(sessions), at=at), site=site),
        page=f"{site}{page}",
        source=f"{site}{path}",
    )


@public_feed
def course_feed(request: HttpRequest, *, at: datetime, slug: str) -> CalendarFeed | None:
    """Under a former address the calendar itself: some programs follow no redirect, and
    SOURCE tells the others where it is now."""
    course = Course.objects.once_public().filter(slug=slug).first() or course_once_at(slug)
    if course is None:
        return None
    return feed_of(
        Session.objects.filter(run__course=course),
        at=at,
        name=course.title,
        path=f"/courses/{quote(course.slug)}/calendar.ics",
        page=_page_of(course),
        description=course.summary,
    )


@public_feed
def run_feed(request: HttpRequest, *, at: datetime, code: str) -> CalendarFeed | None:
    """One offering of a course, for whoever comes to that one."""
    runs = CourseRun.objects.announced().select_related("course")
    run = runs.filter(code=code, course__published_at__isnull=False).first()
    if run is None:
        return None
    return feed_of(
        run.sessions.all(),
        at=at,
        name=f"{run.course.title} {run.label}".strip(),
        path=f"/runs/{run.code}/calendar.ics",
        page=_page_of(run.course),
        description=run.course.summary,
    )


@public_feed
def session_file(request: HttpRequest, *, at: datetime, key: str) -> CalendarFeed | None:
    """One session to be taken over once: no calendar to subscribe to, so it says nothing
    of itself, and programs do not make a calendar of its own out of it."""
    found = shown_together(ever_public(Session.objects.filter(uid=uid_of(key))))
    if not found:
        return None
    events = events_of(found, site=settings.PUBLIC_URL)
    return CalendarFeed(name=found[0].run.course.title, events=events, is_file=True)


def _page_of(course: Course) -> str:
    return f"/{quote(course.address)}" if course.is_public else "/courses/"


@public_feed
def stage_feed(request: HttpRequest, *, at: datetime, key: str) -> CalendarFeed | None:
    stage = Stage.objects.filter(key=key).first()
    if stage is None:
        return None
    sessions = Session.objects.filter(run__course__stages=stage)
    page = f"/stages/{key}/"
    return feed_of(sessions, at=at, name=stage.name, path=f"{page}calendar.ics", page=page)


@public_feed
def theme_feed(request: HttpRequest, *, at: datetime, key: str) -> CalendarFeed | None:
    """With everything below the theme, as in the catalogue."""
    theme = Theme.objects.filter(key=key).first()
    if theme is None:
        return None
    courses = Course.objects.filter(themes__in=with_descendants([key]))
    sessions = Session.objects.filter(run__course__in=courses.values("pk"))
    path, page = f"/themes/{key}/calendar.ics", f"/courses/?theme={key}"
    return feed_of(sessions, at=at, name=theme.name, path=path, page=page)


@public_feed
def venue_feed(request: HttpRequest, *, at: datetime, code: str) -> CalendarFeed | None:
    venue = Venue.objects.filter(code=code).first()
    if venue is None:
        return None
    path = f"/venues/{code}/calendar.ics"
    return feed_of(
        Session.objects.at_venue(venue),
        at=at,
        name=venue.name,
        path=path,
        page=f"/venues/{code}/",
    )
