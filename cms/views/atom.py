"""What is new in a search, as an Atom feed (RFC 4287): an entry per course. Open to
everybody; nothing of anybody's person is in it."""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date

from cms.search.query import matching_course_ids
from cms.views.feeds import feed_name
from courses.domain.finding import find
from courses.domain.fiscal_year import TOKYO
from courses.enums import RunState
from courses.forms.catalogue import CatalogueForm
from courses.models import Course
from courses.views.calendar_response import PUBLIC, OnlyEncodingVaries
from courses.views.feeds import safe_only

MOST_ENTRIES = 100
# When a feed without entries changed last: never, so that its bytes stay the same.
NEVER = datetime(2000, 1, 1, tzinfo=TOKYO)
TYPE = "application/atom+xml; charset=utf-8"


class CourseFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of the entries alone; Django would take the clock where there are none."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=NEVER)


@safe_only
def catalogue_atom(request: HttpRequest) -> HttpResponse:
    """What is not understood in the query is left out, as in the catalogue."""
    at = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        form = CatalogueForm(request.GET)
        feed = _feed(form, _courses(form, at))
        body = feed.writeString("utf-8").encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed_at = int(feed.latest_post_date().timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed_at)
    response = response or HttpResponse(body, content_type=TYPE)
    response.headers = OnlyEncodingVaries(
        {
            **dict(response.items()),
            **PUBLIC,
            "ETag": etag,
            "Last-Modified": http_date(changed_at),
            "Vary": "Accept-Encoding",
            "Content-Language": "ja",
        }
    )
    return response


def _courses(form: CatalogueForm, at: datetime) -> list[Course]:
    """What fits, the latest change first, with `updated_at`."""
    matches = matching_course_ids(form.text) if form.text else None
    found = find(form.filter(matches), at=at)
    announced = ~Q(runs__state=RunState.PLANNED)
    revised = Max("runs__sessions__revised_at", filter=announced)
    entered = Max("runs__created_at", filter=announced)
    courses = Course.objects.public().filter(pk__in=list(found.runs))
    rows = list(
        courses.annotate(revised=revised, entered=entered)
        .select_related("department")
        .prefetch_related("themes", "stages")
    )
    for course in rows:
        course.updated_at = _updated_at(course)
    rows.sort(key=lambda course: (course.updated_at, course.pk), reverse=True)
    return rows[:MOST_ENTRIES]


def _updated_at(course: Any) -> datetime:
    """When it went public, or a run was added or a session changed since then."""
    moments = (course.published_at, course.entered, course.revised)
    return max(moment for moment in moments if moment is not None)


def _feed(form: CatalogueForm, courses: list[Course]) -> CourseFeed:
    query, name = form.query(), feed_name(form)
    suffix = f"?{query}" if query else ""
    site = settings.PUBLIC_URL
    feed = CourseFeed(
        title=f"{name}｜{settings.SITE_NAME}" if name else settings.SITE_NAME,
        link=f"{site}/courses/{suffix}",
        description="",
        subtitle=f"{settings.CITY_NAME}の講座の新着と変更です。",
        language=settings.LANGUAGE_CODE,
        feed_url=f"{site}/courses/feed.atom{suffix}",
        feed_guid=f"{site}/courses/feed.atom{suffix}",
        author_name=settings.CITY_NAME,
    )
    for course in courses:
        _add(feed, course)
    return feed


def _add(feed: CourseFeed, course: Any) -> None:
    feed.add_item(
        title=course.title,
        link=f"{settings.PUBLIC_URL}{course.get_absolute_url()}",
        description=escape(course.summary),  # it is read as HTML
        unique_id=_tag(course),
        author_name=course.department.name,
        pubdate=course.published_at,
        updateddate=course.updated_at,
        categories=[term.name for term in (*course.stages.all(), *course.themes.all())],
    )


def _tag(course: Course) -> str:
    """RFC 4151: by the row, so that it stays when the course's address changes."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    since = course.created_at.astimezone(TOKYO).date().isoformat()
    return f"tag:{host},{since}:course/{course.pk}"
