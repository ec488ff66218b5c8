"""The links of header and footer."""

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

FOOTER_KEY = "chrome:footer"
FOOTER_SECONDS = 60


def main_sections() -> list[tuple[str | Promise, str]]:
    return [
        (_("講座をさがす"), "courses/"),
        (_("ステージ"), "stages/"),
        (_("地域課題シリーズ"), "series/"),
        (_("学びの道すじ"), "paths/"),
        (_("団体"), "groups/"),
    ]


def footer_pages() -> list[tuple[str, str]]:
    """Title and path of the standard pages below home, kept for a minute."""
    found: list[tuple[str, str]] | None = cache.get(FOOTER_KEY)
    if found is None:
        pages = Page.objects.live().filter(depth=3, content_type__model="standardpage")
        found = list(pages.order_by("path").values_list("title", "slug"))
        found = [(title, f"{slug}/") for title, slug in found]
        cache.set(FOOTER_KEY, found, FOOTER_SECONDS)
    return found
