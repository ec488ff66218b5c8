"""How a calendar is handed out: cacheable, conditional, the same for every client."""

import hashlib
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from courses.exchange.ical import CalendarFeed, render_calendar
from courses.views.calendar_memory import UnwrittenCalendar, WrittenCalendar
from courses.views.last_change import last_change

PUBLIC = {
    "Cache-Control": "public, max-age=600, must-revalidate",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "X-Robots-Tag": "noindex",  # for calendars, not for search; robots.txt lets them in
}
PRIVATE = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
TYPE = "text/calendar; charset=utf-8"
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=([01](?:\.\d*)?)\s*)?(?=,|$)", re.IGNORECASE)
Calendar = WrittenCalendar | UnwrittenCalendar


class OnlyEncodingVaries(ResponseHeaders):
    """The locale middleware would add `Vary: Accept-Language` to a calendar, whose
    bytes are the same in every language, and split every cache in two."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, "Accept-Encoding" if key.lower() == "vary" else value)


def write_calendar(feed: CalendarFeed, *, address: str, at: datetime) -> WrittenCalendar:
    """The bytes, and when they came to be. `address` is where they are fetched."""
    body = render_calendar(feed)
    digest = hashlib.sha256(body).hexdigest()[:32]
    changed_at = last_change(address, digest, feed.revised_at, at)
    return WrittenCalendar(feed.name, body, digest, changed_at, feed.is_file)


def calendar_response(
    request: HttpRequest, written: Calendar, *, is_private: bool = False
) -> HttpResponse:
    """200 with the bytes, or 304 where the client has them already."""
    # Or the middleware takes a damaged cookie away, or gives a new one, in an answer that
    # caches would hand on to others.
    request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    etag = written.etag
    changed_at = int(written.changed_at.timestamp())
    response = get_conditional_response(
        request, etag=etag, last_modified=changed_at
    ) or _full(request, written)
    response.headers = OnlyEncodingVaries(
        {
            **dict(response.items()),
            **(PRIVATE if is_private else PUBLIC),
            "ETag": etag,
            "Last-Modified": http_date(changed_at),
            "Vary": "Accept-Encoding",
            "Content-Language": "ja",
            "Content-Disposition": _disposition(written),
            "X-Content-Type-Options": "nosniff",
        }
    )
    return response


def _full(request: HttpRequest, written: Calendar) -> HttpResponse:
    """Packed here rather than by the middleware, which would pack anew each time."""
    if not takes_gzip(request.headers.get("Accept-Encoding", "")):
        request.META["HTTP_ACCEPT_ENCODING"] = ""  # the middleware overlooks `q=0`
        return HttpResponse(written.body, content_type=TYPE)
    response = HttpResponse(written.packed, content_type=TYPE)
    response["Content-Encoding"] = "gzip"
    return response


def takes_gzip(accepted: str) -> bool:
    """By the header Accept-Encoding; `q=0` refuses it."""
    named = GZIP.search(accepted)
    return named is not None and float(named[1] or 1) > 0


def preflight() -> HttpResponse:
    """What a page of another site may ask for: reading."""
    return HttpResponse(status=204, headers=PREFLIGHT)


def no_such_calendar() -> HttpResponse:
    """The same answer whether a calendar never was or is no more."""
    return _plain("カレンダーが見つかりません。\n", 404)


def too_many_requests(retry_after: int) -> HttpResponse:
    response = _plain("しばらく待ってから、もう一度お試しください。\n", 429)
    response["Retry-After"] = str(retry_after)
    return response


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _disposition(written: Calendar) -> str:
    kind = "attachment" if written.is_file else "inline"
    name = quote(written.name, safe="")
    return f"{kind}; filename=\"calendar.ics\"; filename*=UTF-8''{name}.ics"
