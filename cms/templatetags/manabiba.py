"""Words and links that every template may use."""

import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import cast

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, get_language_info, override

from accounts.domain.contact import phone_key
from cms.addresses import HIDDEN, PageAddress, page_address
from cms.chrome import footer_pages, main_sections
from courses.domain import fiscal_year as years
from courses.domain import wording
from courses.domain.offered_runs import Meeting
from courses.enums import ReceptionStatus
from courses.models import CourseRun, Session, Stage
from courses.models.localised import in_english
from enrollments.enums import ApplicationState, SupportState
from enrollments.views.offered import offered_to

register = template.Library()
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What the footer says of the city, by the names that every page's frame has.
ABOUT_CITY = ("site_name", "city_name", "city_phone")

TONES: dict[str, str] = {
    ReceptionStatus.OPEN: "open",
    ReceptionStatus.NOT_NEEDED: "open",
    ReceptionStatus.NOT_YET: "soon",
    ReceptionStatus.WAITING_LIST: "wait",
    ReceptionStatus.FULL: "over",
    ReceptionStatus.CLOSED: "over",
    ReceptionStatus.ENDED: "over",
    ReceptionStatus.CANCELLED: "stop",
    ReceptionStatus.POSTPONED: "stop",
    ApplicationState.ACCEPTED: "open",
    ApplicationState.RECEIVED: "soon",
    ApplicationState.AWAITING_APPROVAL: "soon",
    ApplicationState.AWAITING_DRAW: "soon",
    ApplicationState.AWAITING_SCREENING: "soon",
    ApplicationState.WAITING: "wait",
    ApplicationState.OFFERED: "wait",
    SupportState.ASKED: "wait",
    SupportState.ARRANGED: "soon",
    SupportState.CONFIRMED: "open",
}


@register.filter
def status_tone(value: str) -> str:
    """The one place where a state gets its colour; unknown ones are plain."""
    return TONES.get(value, "over")


@register.filter
def jdate(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return wording.day_words(value, today=timezone.localdate(), english=in_english())


@register.filter
def jdatetime(value: datetime | None) -> str:
    if value is None:
        return ""
    return wording.moment_words(value, today=timezone.localdate(), english=in_english())


@register.filter
def juntil(value: datetime | None) -> str:
    """A deadline, exclusive: midnight is the end of the day before."""
    if value is None:
        return ""
    return wording.until_words(value, today=timezone.localdate(), english=in_english())


@register.simple_tag
def jrange(starts_at: datetime, ends_at: datetime) -> str:
    return wording.range_words(
        starts_at, ends_at, today=timezone.localdate(), english=in_english()
    )


@register.simple_tag
def session_when(session: Session | Meeting) -> str:
    """Day and time, or the day or days alone for an all-day session."""
    if not session.is_all_day:
        return jrange(session.starts_at, session.ends_at)
    first, last = session.starts_at, session.ends_at - timedelta(minutes=1)
    if timezone.localdate(first) == timezone.localdate(last):
        return jdate(first)
    return f"{jdate(first)}{' – ' if in_english() else '〜'}{jdate(last)}"


@register.simple_tag
def application_deadline(run: CourseRun) -> str:
    """The last moment for applications; empty where none was set."""
    closes, today = run.applications_close_at, timezone.localdate()
    return wording.until_words(closes, today=today, english=in_english()) if closes else ""


@register.filter
def fiscal_year(value: int) -> str:
    return f"FY{value}" if in_english() else years.fiscal_year_label(value)


@register.filter
def fiscal_year_full(value: int) -> str:
    return f"FY{value}" if in_english() else years.fiscal_year_words(value)


@register.filter
def yen(value: int) -> str:
    return wording.yen_words(value, english=in_english())


@register.simple_tag
def home_url() -> str:
    return "/en/" if in_english() else "/"


@register.simple_tag
def stage_url(stage: Stage) -> str:
    return f"{home_url()}stages/{stage.key}/"


@register.simple_tag(takes_context=True)
def nav_links(context: Context) -> str:
    """The main sections; the one in which the reader is, is marked. As HTML, which each
    process keeps: every page has it twice."""
    request = context.get("request")
    here = request.path if request else ""
    urls = [home_url() + path for _label, path in main_sections()]
    marks = tuple(
        "page" if here == url else "true" if here.startswith(url) else "" for url in urls
    )
    return _nav_links(get_language() or "", marks)


@cache
def _nav_links(_language: str, marks: tuple[str, ...]) -> str:
    links = [
        {"url": home_url() + path, "label": label, "current": mark}
        for (label, path), mark in zip(main_sections(), marks, strict=True)
    ]
    return render_to_string("components/nav_links.html", {"links": links})


@register.simple_tag(takes_context=True)
def address_of_page(context: Context) -> PageAddress:
    """For search engines; pages of an error have none."""
    if context.get("address_unknown"):
        return HIDDEN
    understood = context.get("feed_query")
    return page_address(context.get("request"), understood=understood)


@register.simple_tag(takes_context=True)
def page_footer(context: Context) -> str:
    """As HTML, which each process keeps until a page below home changes."""
    pages = footer_pages(_generation_known(context.get("request")))
    city = tuple((name, context.get(name, "")) for name in ABOUT_CITY)
    return _page_footer(get_language() or "", tuple(pages), city)


def _generation_known(request: HttpRequest | None) -> int | None:
    """Of the facts, where the page cache or a form has asked for it."""
    if hasattr(request, "facts_generation"):
        return cast("int", request.facts_generation)
    return offered_to(request).generation if hasattr(request, "offered") else None


@lru_cache(maxsize=8)
def _page_footer(
    _language: str, pages: tuple[tuple[str, str], ...], city: tuple[tuple[str, str], ...]
) -> str:
    links = [{"url": home_url() + path, "label": title} for title, path in pages]
    return render_to_string("components/footer.html", {"links": links, **dict(city)})


@register.simple_tag(takes_context=True)
def other_language_link(context: Context) -> dict[str, str] | None:
    """The same page in the other language; none where a page has only one address,
    the front page where there is no such page.
    """
    request = context.get("request")
    if request is None or request.method not in ("GET", "HEAD"):
        return None
    code = "ja" if (get_language() or "").startswith("en") else "en"
    here = request.get_full_path()
    if context.get("address_unknown"):
        url = "/" if code == "ja" else f"/{code}/"
    else:
        url = _translated(request, code)
    if url == here:
        return None
    # in its own language: whoever needs the link cannot read the page's
    return {"code": code, "url": url, "name": get_language_info(code)["name_local"]}


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


@register.filter
def phone_link(value: str) -> str:
    """The digits of a number for a `tel:` link."""
    return phone_key(value)


@register.filter
def own_language(text: object) -> str:
    """What the city wrote in Japanese only is read out as Japanese on an English page
    (WCAG 3.1.2)."""
    said = conditional_escape(text)
    if not in_english() or not JAPANESE.search(said):
        return said
    return format_html('<span lang="ja">{}</span>', said)
