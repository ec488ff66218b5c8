"""わたしのデータ: the signed-in person reads and takes out what the city keeps of them,
after a fresh sign-in, a few times an hour, with a trace."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from accounts.domain.own_account import SUBJECT
from accounts.domain.own_data import Told, Whose, chapters, data_of
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.enums import AccessKind
from accounts.models import User
from enrollments.exchange.own_data import as_json, as_zip, in_words

Page = Callable[..., HttpResponse]
FORMS = {"zip": ("application/zip", as_zip), "json": ("application/json", as_json)}


def fresh_sign_in(page: Page) -> Page:
    """Whoever finds a browser that somebody left signed in does not get this far. Always
    by way of the first page, as a file leaves the page that asked for the password open."""

    secured = reauthentication_required(page)

    @wraps(page)
    def asked_again(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        try:
            answer: HttpResponse = secured(request, *args, **rest)
        except ReauthenticationRequired:
            first = urlencode({REDIRECT_FIELD_NAME: reverse("my_data")})
            return redirect(f"{reverse('account_reauthenticate')}?{first}")
        return answer

    return asked_again


@never_cache
@login_required
@fresh_sign_in
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What there is, and in which forms; nothing of it is shown yet."""
    return render(request, "enrollments/own_data.html", {"chapters": chapters()})


@never_cache
@login_required
@fresh_sign_in
@require_safe
def my_data_shown(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    try:
        told = _taken_out(request.user, at=now)
    except TooManyRequests as refusal:
        return render(request, "429.html", {"refusal": refusal}, status=429)
    context = {"chapters": in_words(told), "at": now}
    return _private(render(request, "enrollments/own_data_shown.html", context))


@never_cache
@login_required
@fresh_sign_in
@require_safe
def my_data_file(request: HttpRequest, form: str) -> HttpResponse:
    now = timezone.now()
    try:
        told = _taken_out(request.user, at=now)
    except TooManyRequests as refusal:
        return render(request, "429.html", {"refusal": refusal}, status=429)
    kind, made = FORMS[form]
    response = HttpResponse(made(told, at=now), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True,
        filename=f"{_('わたしのデータ')}_{timezone.localdate(now)}.{form}",
    )
    return _private(response)


def _taken_out(user: User, *, at: datetime) -> Sequence[Told]:
    """Raises: TooManyRequests."""
    count_attempt(rule="own_data", who=f"user:{user.pk}", at=at)
    told = data_of(Whose(user=user))
    log_access(
        subject=SUBJECT,
        people=1,
        by=user,
        at=at,
        kind=AccessKind.EXPORT,
        columns=[str(one.chapter.title) for one in told],
        reason="本人による取り出し",
    )
    return told


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response
