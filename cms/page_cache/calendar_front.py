"""In front of Django: calendars that were sent before are sent again, byte for byte and
header for header, while nothing has changed (ADR 26).

A calendar is the same for everybody, so there is no session to open, no language to find
and no address to resolve. Whatever is not plain is left to Django.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.http import parse_etags, parse_http_date_safe

from courses.views.calendar_freshness import Generations, freshness
from courses.views.calendar_memory import KeptCalendar, memory
from courses.views.calendar_response import takes_gzip
from courses.views.feeds import KEPT

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
# Written anew for each answer.
APART = {"content-length", "content-encoding"}
OF_A_BODY = {"content-type"}
# Rare, and Django answers them right.
NOT_PLAIN = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


class CalendarFront:
    def __init__(self, application: Application) -> None:
        self._application = application
        self._host = urlsplit(settings.PUBLIC_URL).netloc

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith(".ics"):
            return self._application(environ, start_response)
        # HTTP/1.0 names no host, and Django answers none that it does not know.
        environ.setdefault("HTTP_HOST", self._host)
        kept = _recalled(environ)
        if kept is None or not kept.headers:
            return self._application(environ, _listening(environ, start_response))
        return _answer(environ, kept, start_response)


def _recalled(environ: Environ) -> KeptCalendar | None:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if any(name in environ for name in NOT_PLAIN):
        return None
    seen = freshness.remembered() or _asked()
    if seen is None:
        return None
    address = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    return memory.recall(address, seen=seen, at=timezone.now())


def _asked() -> Generations | None:
    """As Django does for a request: without connections that are broken or too old."""
    try:
        close_old_connections()
        seen = freshness.lately()
        close_old_connections()
    except DatabaseError:
        return None  # Django says so in its own way
    return seen


def _listening(environ: Environ, start_response: Start) -> Start:
    """Remembers the headers with which a calendar that is kept goes out."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        kept: KeptCalendar | None = environ.get(KEPT)
        names = {name.lower() for name, _value in headers}
        if kept is not None and status.startswith("200") and "set-cookie" not in names:
            kept.headers = [pair for pair in headers if pair[0].lower() not in APART]
        return start_response(status, headers, *more)

    return start


def _answer(environ: Environ, kept: KeptCalendar, start_response: Start) -> Iterable[bytes]:
    if _is_known(environ, kept):
        headers = [pair for pair in kept.headers if pair[0].lower() not in OF_A_BODY]
        start_response("304 Not Modified", headers)
        return []
    packed = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = kept.written.packed if packed else kept.written.body
    headers = [*kept.headers, ("Content-Length", str(len(body)))]
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _is_known(environ: Environ, kept: KeptCalendar) -> bool:
    """RFC 9110 13.2.2: If-None-Match alone decides where it names anything."""
    asked = parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))
    if asked:
        opaque = kept.written.etag.removeprefix("W/")
        return "*" in asked or opaque in [etag.removeprefix("W/") for etag in asked]
    since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and int(kept.written.changed_at.timestamp()) <= since
