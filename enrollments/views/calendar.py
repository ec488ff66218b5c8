"""The personal calendar, and the page on which its secret addresses are kept."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.domain.refusal import Refusal
from courses.exchange.ical import CalendarFeed
from courses.views.calendar_response import (
    calendar_response,
    no_such_calendar,
    too_many_requests,
    write_calendar,
)
from courses.views.feeds import safe_only
from enrollments.domain.calendar_tokens import (
    issue_calendar_token,
    live_tokens,
    open_calendar,
    revoke_calendar_token,
)
from enrollments.domain.personal_calendar import events_of_application, personal_events
from enrollments.forms.calendar import CalendarNameForm
from enrollments.models import Application
from enrollments.views.application import by_secret_link


@safe_only
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the address; unknown and revoked ones get the same 404.

    Attempts are counted per address of a calendar: one server of a calendar service
    fetches for many people.
    """
    now = timezone.now()
    try:
        count_attempt(rule="feed_token", who=token, at=now)
    except TooManyRequests as refusal:
        return too_many_requests(refusal.retry_after)
    key = open_calendar(token=token, at=now)
    if key is None:
        return no_such_calendar()
    site = settings.PUBLIC_URL
    calendar = CalendarFeed(
        name=f"自分の予定｜{settings.SITE_NAME}",
        description="申し込んだ講座の日程です。変更や中止も反映されます。",
        events=personal_events(user=key.user, at=now, site=site),
        page=f"{site}/my/",
    )
    written = write_calendar(calendar, address=request.path, at=now)
    return calendar_response(request, written, is_private=True)


@safe_only
@by_secret_link
def application_calendar(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    """The sessions of one application, to be taken into a calendar once."""
    now, site = timezone.now(), settings.PUBLIC_URL
    calendar = CalendarFeed(
        name=f"{application.run.course.title}｜{settings.SITE_NAME}",
        description="申し込んだ講座の日程です。",
        events=events_of_application(application, at=now, site=site),
        page=f"{site}/courses/",
    )
    written = write_calendar(calendar, address=request.path, at=now)
    return calendar_response(request, written, is_private=True)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_tokens(request: HttpRequest) -> HttpResponse:
    """The addresses of the signed-in person. A new one is shown this once, in the
    answer itself: nothing that opens the calendar is kept, not even in the session."""
    form = CalendarNameForm(request.POST or None)
    address, refusal, status = "", None, 200
    if request.method == "POST":
        try:
            address = _new_address(request, form)
        except Refusal as found:
            refusal = found
        status = 201 if address else 409 if refusal else 422
    context = {
        "form": CalendarNameForm() if address else form,
        "tokens": live_tokens(request.user),
        "address": address,
        "webcal": "webcal://" + address.split("://", 1)[1] if address else "",
        "refusal": refusal,
    }
    return render(request, "enrollments/calendar.html", context, status=status)


def _new_address(request: HttpRequest, form: CalendarNameForm) -> str:
    """The only place where a token is made; empty where the form is not in order."""
    if not form.is_valid():
        return ""
    token = secrets.token_urlsafe(32)
    name = form.cleaned_data["name"] or _("カレンダー")
    issue_calendar_token(user=request.user, name=name, token=token, at=timezone.now())
    return settings.PUBLIC_URL + reverse("personal_feed", args=[token])


@login_required
@require_POST
def calendar_token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's is answered like one that does not exist."""
    found = get_object_or_404(request.user.calendar_tokens, pk=pk)
    revoke_calendar_token(calendar_token=found, by=request.user, at=timezone.now())
    messages.success(request, _("アドレスを無効にしました。"))
    return redirect("calendar_tokens")
