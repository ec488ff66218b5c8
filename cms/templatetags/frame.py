"""What stands around every page, as HTML that each process keeps: it took a fourth of the
time of a page with a form. What a kept piece depends on is in the arguments of the
function that keeps it; nothing of a person ever is."""

from functools import cache, lru_cache
from typing import NamedTuple, cast

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, override

from cms.chrome import footer_pages, main_sections
from cms.templatetags.manabiba import home_url
from enrollments.views.offered import offered_to

register = template.Library()
# What the frame says of the city, by the names that every page has.
ABOUT_CITY = ("site_name", "city_name", "city_phone")
# Stands for the address of the page in the other language, in a header that is kept.
THIS_PAGE = "this-page-in-the-other-language"


class Frame(NamedTuple):
    """Whose names, in which language."""

    language: str
    city: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, context: Context) -> "Frame":
        city = tuple((name, context.get(name, "")) for name in ABOUT_CITY)
        return cls(get_language() or "", city)


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    return render_to_string("components/stylesheets.html")


@register.simple_tag(takes_context=True)
def page_header(context: Context) -> SafeString:
    """The section in which the reader is, is marked."""
    request = context.get("request")
    here = request.path if request else ""
    user = getattr(request, "user", None)
    code, address = _other_language(context)
    header = _page_header(
        Frame.of(context), _marks(here), code, user is not None and user.is_authenticated
    )
    return mark_safe(header.replace(THIS_PAGE, escape(address)))  # noqa: S308 (escaped)


def _marks(here: str) -> tuple[str, ...]:
    urls = [home_url() + path for _label, path in main_sections()]
    return tuple(
        "page" if here == url else "true" if here.startswith(url) else "" for url in urls
    )


@cache
def _page_header(
    frame: Frame, marks: tuple[str, ...], other_code: str, signed_in: bool
) -> SafeString:
    links = [
        {"url": home_url() + path, "label": label, "current": mark}
        for (label, path), mark in zip(main_sections(), marks, strict=True)
    ]
    other = {"code": other_code, "url": THIS_PAGE}
    if other_code:
        # in its own language: whoever needs the link cannot read the page's
        other["name"] = get_language_info(other_code)["name_local"]
    return render_to_string(
        "components/header.html",
        {"links": links, "other": other, "signed_in": signed_in, **dict(frame.city)},
    )


def _other_language(context: Context) -> tuple[str, str]:
    """Code and address of the same page in the other language: both empty where a page has
    only one address; the front page where there is no such page.
    """
    request = context.get("request")
    if request is None or request.method not in ("GET", "HEAD"):
        return "", ""
    code = "ja" if (get_language() or "").startswith("en") else "en"
    if context.get("address_unknown"):
        address = "/" if code == "ja" else f"/{code}/"
    else:
        address = _translated(request, code)
    return ("", "") if address == request.get_full_path() else (code, address)


def _translated(request: HttpRequest, code: str) -> str:
    """As `translate_url`, without looking again for what the request was found to be."""
    here = request.get_full_path()
    found = request.resolver_match
    if found is None:
        return translate_url(here, code)
    with override(code):
        try:
            path = reverse(found.view_name, args=found.args, kwargs=found.kwargs)
        except NoReverseMatch:
            return here
    _path, asks, query = here.partition("?")
    return path + asks + query


@register.simple_tag(takes_context=True)
def page_footer(context: Context) -> SafeString:
    """Kept until a page below home changes."""
    pages = footer_pages(_generation_known(context.get("request")))
    return _page_footer(Frame.of(context), tuple(pages))


def _generation_known(request: HttpRequest | None) -> int | None:
    """Of the facts, where the page cache or a form has asked for it."""
    if hasattr(request, "facts_generation"):
        return cast("int", request.facts_generation)
    return offered_to(request).generation if hasattr(request, "offered") else None


@lru_cache(maxsize=8)
def _page_footer(frame: Frame, pages: tuple[tuple[str, str], ...]) -> SafeString:
    links = [{"url": home_url() + path, "label": title} for title, path in pages]
    return render_to_string("components/footer.html", {"links": links, **dict(frame.city)})
