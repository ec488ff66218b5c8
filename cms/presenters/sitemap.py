"""Which addresses search engines are told of: what is public, and nothing of anybody's
own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import escape_uri_path
from wagtail.models import Page

from cms.models import CoursePage, HomePage, PathPage
from courses.models import Course, Instructor, Partner, Venue

# What one file may hold (sitemaps.org).
MOST = 50_000
OWN_VIEWS = ("calendar_subscriptions", "groups", "instructors", "venues")


@dataclass(frozen=True)
class SitemapEntry:
    """`changed_at` none: not known. `alternates` are pairs of language and address."""

    address: str
    changed_at: datetime | None
    alternates: list[tuple[str, str]]


def sitemap_entries() -> list[SitemapEntry]:
    """In a fixed number of queries, each address in each language."""
    entries: list[SitemapEntry] = []
    for path, changed_at in _paths():
        addresses = {code: _address(path, code) for code, _name in settings.LANGUAGES}
        alternates = list(addresses.items())
        entries += (
            SitemapEntry(address, changed_at, alternates) for address in addresses.values()
        )
    return entries[:MOST]


def _address(path: str, language: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.PUBLIC_URL}{prefix}{escape_uri_path(path)}"


def _paths() -> Iterator[tuple[str, datetime | None]]:
    yield from _page_paths()
    for name in OWN_VIEWS:
        yield reverse(name), None
    yield from _named("venue_page", Venue.objects.values_list("code", flat=True))
    yield from _named(
        "instructor_page", Instructor.objects.public().values_list("pk", flat=True)
    )
    courses = Course.objects.public()
    partners = Partner.objects.filter(courses__in=courses).order_by("pk").distinct()
    yield from _named("partner_page", partners.values_list("pk", flat=True))


def _page_paths() -> Iterator[tuple[str, datetime | None]]:
    """Of a course the change of a date counts as well as that of a text."""
    home = HomePage.objects.live().first()
    if home is None:
        return
    revised = dict(
        CoursePage.objects.annotate(revised=Max("course__runs__sessions__revised_at"))
        .order_by()
        .values_list("pk", "revised")
    )
    unfollowed = PathPage.objects.filter(path_followed__is_published=False)
    pages = Page.objects.live().public().descendant_of(home, inclusive=True)
    rows = pages.exclude(pk__in=unfollowed.values("pk")).order_by("path")
    for pk, url_path, published in rows.values_list("pk", "url_path", "last_published_at"):
        moments = [moment for moment in (published, revised.get(pk)) if moment]
        yield "/" + url_path.removeprefix(home.url_path), max(moments, default=None)


def _named(view: str, keys) -> Iterator[tuple[str, None]]:
    """Nothing where the site has no such pages."""
    for key in keys:
        try:
            yield reverse(view, args=[key]), None
        except NoReverseMatch:
            return
