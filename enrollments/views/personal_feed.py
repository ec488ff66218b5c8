"""Secret calendars as programs fetch them. For whoever holds the address."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.exchange.paper.qr import qr_svg
from accounts.views.pictures import svg_response
from courses.exchange.ical import CalendarFeed, render_calendar
from courses.exchange.ical_version import WRITERS, version_of
from courses.views.calendar_memory import UnwrittenCalendar
from courses.views.calendar_response import (
    calendar_response,
    no_such_calendar,
    too_many_requests,
)
from courses.views.feeds import safe_only
from courses.views.last_change import last_change
from courses.views.webcal import webcal
from enrollments.domain import personal_calendar, secret_calendar, standing
from enrollments.domain.calendar_clients import kind_of_client
from enrollments.domain.calendar_opening import open_calendar
from enrollments.domain.links import application_calendar_path
from enrollments.domain.secret_calendar import (
    SecretCalendar,
    calendar_behind,
    calendar_of,
)
from enrollments.models import Application
from enrollments.views.application import by_secret_link

VERSION = version_of((*WRITERS, personal_calendar, secret_calendar, standing))


@safe_only
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, revoked and replaced ones get the same 404.

    Fetches are counted per address of a calendar: one server of a calendar service
    fetches for many people. Guesses are not, 256 bits need no such help, and whoever
    makes them would fill the cache. What the program calls itself decides nothing.
    """
    now = timezone.now()
    client = kind_of_client(request.headers.get("User-Agent", ""))
    key = open_calendar(token=token, at=now, client=client)
    if key is None:
        return no_such_calendar()
    return unless_too_often(
        key.digest,
        at=now,
        answer=lambda: by_stamp(
            request, calendar_behind(key, at=now), address=key.digest, at=now
        ),
    )


def unless_too_often(
    who: str, *, at: datetime, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """`who` is the calendar's own address, or its digest."""
    try:
        count_attempt(rule="feed_token", who=who, at=at)
    except TooManyRequests as refusal:
        return too_many_requests(refusal.retry_after)
    return answer()


def by_stamp(
    request: HttpRequest, found: SecretCalendar, *, address: str, at: datetime
) -> HttpResponse:
    """Nothing is written for a program that has it already. `address` is what tells it
    from other calendars."""
    site = settings.PUBLIC_URL
    name = f"{found.name}｜{settings.SITE_NAME}"
    digest = _digest(found)
    calendar = UnwrittenCalendar(
        name=name,
        digest=digest,
        changed_at=last_change(address, digest, found.shown.revised_at, at),
        write=lambda: render_calendar(
            CalendarFeed(
                name=name,
                description=found.description,
                events=found.shown.events(at=at, site=site),
                page=f"{site}{found.page}",
            )
        ),
    )
    return calendar_response(request, calendar, is_private=True)


def _digest(found: SecretCalendar) -> str:
    """Of all that the bytes follow from, so that they need not be written to be known."""
    site = settings.PUBLIC_URL, settings.SITE_NAME
    words = found.name, found.description, found.page
    said = repr((VERSION, site, words, found.shown.stamp))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@safe_only
@by_secret_link
def application_calendar(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    """The sessions of one application, to be taken into a calendar once."""
    now = timezone.now()
    return by_stamp(request, calendar_of(application, at=now), address=token, at=now)


@require_safe
@by_secret_link
def application_qr(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    """The QR code with which a phone subscribes to that calendar."""
    address = f"{settings.PUBLIC_URL}{application_calendar_path(application)}"
    return svg_response(qr_svg(webcal(address)))
