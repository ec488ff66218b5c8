"""One address per page for search engines, in both languages, and which pages they are
to leave out. Whatever is not named here is left out: a new page is private until somebody
says otherwise."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language_from_path

# Names of views whose pages are for everybody.
PUBLIC_VIEWS = {
    "calendar_subscriptions",
    "catalogue",
    "course",
    "group",
    "groups",
    "instructor_page",
    "instructors",
    "joint_session",
    "partner_page",
    "path",
    "venue_page",
    "venues",
    "wagtail_serve",
}
# Facets of the catalogue of which one alone makes a page worth finding.
TOPICS = {"stage", "theme", "kind", "area", "venue", "audience"}
FILTERS = TOPICS | {
    *("q", "from", "to", "weekday", "time", "fee", "delivery"),
    *("childcare", "sign", "open"),
}
# How one choice is looked at.
STATES = {"month", "near", "page", "sort", "view", "week"}


@dataclass(frozen=True)
class PageAddress:
    """`alternates` are pairs of language and address, x-default among them; `robots` is
    empty for a page that is to be found."""

    canonical: str
    alternates: list[tuple[str, str]]
    robots: str = ""


HIDDEN = PageAddress("", [], "noindex")


def page_address(
    request: HttpRequest | None, *, understood: str | None = None
) -> PageAddress:
    """`understood` is what the catalogue made of the query; the rest of it, a theme that
    is none, say, is in no address."""
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or match.url_name not in PUBLIC_VIEWS:
        return HIDDEN
    if getattr(request, "is_preview", False):
        return HIDDEN
    language = get_language_from_path(request.path_info)
    path = request.path_info.removeprefix(f"/{language}") if language else request.path_info
    found = match.url_name == "catalogue"
    data = request.GET if understood is None else _as_understood(request.GET, understood)
    query = catalogue_query(data) if found else _page_query(request.GET)
    by_language = {code: _address(path, code, query) for code, _name in settings.LANGUAGES}
    default = by_language[settings.LANGUAGE_CODE]
    return PageAddress(
        canonical=by_language[language or settings.LANGUAGE_CODE],
        alternates=[*by_language.items(), ("x-default", default)],
        robots="" if not found or worth_finding(data) else "noindex,follow",
    )


def catalogue_query(data: QueryDict) -> str:
    """One query for one choice, in whatever order it was typed: without the number of
    the page, the order and the view."""
    query = QueryDict(mutable=True)
    for name in sorted(FILTERS & set(data)):
        query.setlist(name, sorted({value for value in data.getlist(name) if value}))
    return query.urlencode()


def worth_finding(data: QueryDict) -> bool:
    """The first page of everything, or of one topic; all other states only lead on."""
    known = FILTERS | STATES
    chosen = [
        (name, value) for name in known & set(data) for value in data.getlist(name) if value
    ]
    return not chosen or (len(chosen) == 1 and chosen[0][0] in TOPICS)


def _as_understood(data: QueryDict, understood: str) -> QueryDict:
    query = QueryDict(understood, mutable=True)
    for name in STATES & set(data):
        query.setlist(name, data.getlist(name))
    return query


def _page_query(data: QueryDict) -> str:
    number = data.get("page", "")
    return f"page={number}" if number.isascii() and number.isdigit() else ""


def _address(path: str, language: str, query: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    address = f"{settings.PUBLIC_URL}{prefix}{escape_uri_path(path)}"
    return f"{address}?{query}" if query else address
