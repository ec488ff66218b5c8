"""The links of header and footer."""

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

FOOTER_KEY = "chrome:footer"
FOOTER_SECONDS = 60
Links = list[tuple[str, str]]
# The footer of the latest generation that a page to be kept was built in.
_latest: tuple[int, Links] | None = None


def main_sections() -> list[tuple[str | Promise, str]]:
    return [
        (_("講座をさがす"), "courses/"),
        (_("ステージ"), "stages/"),
        (_("地域課題シリーズ"), "series/"),
        (_("学びの道すじ"), "paths/"),
        (pgettext_lazy("all of them", "団体"), "groups/"),
    ]


def footer_pages(generation: int | None = None) -> Links:
    """Title and path of the standard pages below home. A page that may be kept names
    its generation and never gets an older footer; others may be a minute behind."""
    global _latest
    if generation is not None:
        if _latest is None or _latest[0] != generation:
            _latest = generation, _read()
        return _latest[1]
    found: Links | None = cache.get(FOOTER_KEY)
    if found is None:
        found = _read()
        cache.set(FOOTER_KEY, found, FOOTER_SECONDS)
    return found


def _read() -> Links:
    pages = Page.objects.live().filter(depth=3, content_type__model="standardpage")
    found = pages.order_by("path").values_list("title", "slug")
    return [(title, f"{slug}/") for title, slug in found]
