"""Answers from kept pages, before a session, a language or a template costs anything.

Only views that say so (`@kept`) and Wagtail's own pages are kept, only for people without
a session, and only where the answer sets no cookie and does not forbid it.
"""

import gzip
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from wagtail.views import serve as wagtail_page

from cms.page_cache.kept_pages import KeptPage, kept_pages
from cms.page_cache.turning import next_turn
from cms.page_cache.watching import generations

# Written anew for each answer.
APART = {"content-encoding", "content-length", "etag", "server-timing"}
LONGEST_ADDRESS = 1000
View = TypeVar("View", bound=Callable[..., Any])


def kept(view: View) -> View:
    """The view's answer to somebody without a session depends on its address alone."""
    view.may_be_kept = True  # type: ignore[attr-defined]
    return view


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request) if settings.KEEP_PAGES else None
        if key is None:
            return self.get_response(request)
        at, generations_now = timezone.now(), generations()
        if generations_now is None:
            return self.get_response(request)
        seen = generations_now.everything
        request.facts_generation = generations_now.facts  # type: ignore[attr-defined]
        page = kept_pages.recall(key, generation=seen, at=at)
        if page is None:
            response = self.get_response(request)
            if not _may_be_kept(request, response):
                return response
            # Read after the page was: a turn that comes meanwhile only shortens it.
            page = KeptPage.of(
                _plain(response),
                _headers(response),
                generation=seen,
                since=at,
                until=next_turn(at),
            )
            kept_pages.keep(key, page)
        return _answer(request, page)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        request.may_be_kept = getattr(view, "may_be_kept", view is wagtail_page)  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> Hashable | None:
    """What the answer depends on; none where it may depend on the person.

    Somebody with the token of a form could be shown it in a page, so nothing is kept of
    their reading; they are served what was kept of others'.
    """
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request.META:
        return None
    if any(name.startswith("HTTP_HX_") for name in request.META):
        # A part of a page, or the whole, as the header's value says: neither is kept.
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    if request.path_info.endswith(".ics"):
        return None  # never a page; what a calendar depends on is asked where it is kept
    address = request.get_full_path()
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return host, request.is_secure(), address


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        getattr(request, "may_be_kept", False)
        and request.method == "GET"
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and not {"private", "no-store"} & _directives(response)
    )


def _directives(response: HttpResponse) -> set[str]:
    said = response.get("Cache-Control", "").lower().split(",")
    return {directive.strip() for directive in said}


def _plain(response: HttpResponse) -> bytes:
    if response.get("Content-Encoding") == "gzip":
        return gzip.decompress(response.content)
    return response.content


def _headers(response: HttpResponse) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value) for name, value in response.items() if name.lower() not in APART
    )


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if page.etag in asked or "*" in asked:
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.packed))
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ("Cookie", "Accept-Encoding", "HX-Request"))
    return response
