"""Words and links that every template may use."""

import re
from datetime import date, datetime, timedelta

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html

from accounts.domain.contact import phone_key
from cms.addresses import HIDDEN, PageAddress, page_address
from courses.domain import fiscal_year as years
from courses.domain import wording
from courses.domain.offered_runs import Meeting
from courses.enums import ReceptionStatus
from courses.models import CourseRun, Session, Stage
from courses.models.localised import in_english
from enrollments.enums import ApplicationState, SupportState

register = template.Library()
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

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
def address_of_page(context: Context) -> PageAddress:
    """For search engines; pages of an error have none."""
    if context.get("address_unknown"):
        return HIDDEN
    understood = context.get("feed_query")
    return page_address(context.get("request"), understood=understood)


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
