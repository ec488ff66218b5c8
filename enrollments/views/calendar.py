"""The personal calendar, and the page on which its secret addresses are kept."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from courses.exchange.ical import CalendarFeed, render_calendar
from courses.views.calendar_response import calendar_response, no_such_calendar
from enrollments.domain.calendar_tokens import (
    issue_calendar_token,
    open_calendar,
    revoke_calendar_token,
)
from enrollments.domain.personal_calendar import personal_events


@csrf_exempt
@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the address; unknown and revoked ones get the same 404."""
    now = timezone.now()
    count_attempt(rule="feed_token", who=client_address(request) + token[:8], at=now)
    key = open_calendar(token=token, at=now)
    if key is None:
        return no_such_calendar()
    feed = CalendarFeed(
        name=f"{settings.SITE_NAME} 自分の予定",
        description="申し込んだ講座の日程",
        events=personal_events(user=key.user, at=now, site=settings.PUBLIC_URL),
    )
    return calendar_response(
        request,
        render_calendar(feed),
        changed_at=max(feed.changed_at, key.created_at),
        filename="my-calendar",
        is_private=True,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_tokens(request: HttpRequest) -> HttpResponse:
    """The addresses of the signed-in person; a new one is shown this once."""
    address, refusal = "", None
    if request.method == "POST":
        token = secrets.token_urlsafe(32)
        name = request.POST.get("name", "").strip()[:40] or _("カレンダー")
        try:
            issue_calendar_token(
                user=request.user, name=name, token=token, at=timezone.now()
            )
        except Refusal as found:
            refusal = found
        else:
            address = f"{settings.PUBLIC_URL}/calendar/{token}.ics"
    context = {
        "tokens": request.user.calendar_tokens.filter(revoked_at=None),
        "address": address,
        "webcal": "webcal://" + address.split("://", 1)[1] if address else "",
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "enrollments/calendar.html", context, status=status)


@login_required
@require_POST
def calendar_token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not revoke_calendar_token(user=request.user, pk=pk, at=timezone.now()):
        raise Http404
    messages.success(request, _("購読のアドレスを無効にしました。"))
    return redirect("calendar_tokens")
