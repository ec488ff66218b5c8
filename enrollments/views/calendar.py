"""The page on which the secret addresses of a person's calendars are kept."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.views.sent_once import note_sent, was_sent
from enrollments.domain.calendar_tokens import (
    DEFAULT,
    change_calendar_token,
    issue_calendar_token,
    live_tokens,
    revoke_calendar_token,
    rotate_calendar_token,
)
from enrollments.domain.secret_calendar import choices_of
from enrollments.enums import CalendarScope
from enrollments.forms.calendar import CalendarForm
from enrollments.models import CalendarToken

PAGE = "enrollments/calendar.html"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_tokens(request: HttpRequest) -> HttpResponse:
    """The addresses of the signed-in person. A new one is shown this once, in the
    answer itself: nothing that opens the calendar is kept, not even in the session."""
    if request.method != "POST":
        return _page(request)
    form = CalendarForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    return _with_new_address(
        request,
        form,
        lambda token: issue_calendar_token(
            user=request.user,
            name=form.cleaned_data["name"] or _("カレンダー"),
            token=token,
            at=timezone.now(),
            scope=form.chosen_scope(),
            choices=form.choices(DEFAULT),
        ),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_token(request: HttpRequest, pk: int) -> HttpResponse:
    """One address: its name, what it shows, what was done with it. Somebody else's is
    answered like one that does not exist."""
    key = _own(request, pk)
    first = {"name": key.name, **asdict(choices_of(key))}
    form = CalendarForm(request.POST or None, user=request.user, key=key, initial=first)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            change_calendar_token(
                calendar_token=key,
                name=form.cleaned_data["name"] or key.name,
                choices=form.choices(choices_of(key)),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("設定を保存しました。"))
            return redirect("calendar_tokens")
    status = 409 if refusal else 422 if form.is_bound else 200
    context = {
        "key": key,
        "form": form,
        "form_key": uuid4(),
        "refusal": refusal,
        "steps": key.steps.all(),
    }
    return render(request, "enrollments/calendar_address.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_token_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone that opens the tab again, or a sign-in on the way, asks with GET."""
    key = _own(request, pk)
    if request.method != "POST":
        return redirect("calendar_token", pk)
    return _with_new_address(
        request,
        None,
        lambda token: rotate_calendar_token(
            calendar_token=key, token=token, by=request.user, at=timezone.now()
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    key = _own(request, pk)
    if request.method != "POST":
        return redirect("calendar_token", pk)
    revoke_calendar_token(calendar_token=key, by=request.user, at=timezone.now())
    messages.success(request, _("アドレスを無効にしました。"))
    return redirect("calendar_tokens")


def _own(request: HttpRequest, pk: int) -> CalendarToken:
    return get_object_or_404(live_tokens(request.user), pk=pk)


def _with_new_address(
    request: HttpRequest,
    form: CalendarForm | None,
    act: Callable[[str], CalendarToken],
) -> HttpResponse:
    """The only place where a token is made. Loading the page again, which a phone does by
    itself, neither makes a second one nor replaces the one that was just copied."""
    if was_sent(request):
        messages.warning(
            request,
            _("アドレスはもう表示できません。写していないときは、取り替えてください。"),
        )
        return redirect("calendar_tokens")
    token = secrets.token_urlsafe(32)
    try:
        key = act(token)
    except Refusal as refusal:
        return _page(request, form=form, refusal=refusal, status=409)
    note_sent(request)
    address = settings.PUBLIC_URL + reverse("personal_feed", args=[token])
    return _page(request, made=key, address=address, status=201)


def _page(
    request: HttpRequest,
    *,
    form: CalendarForm | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    first = {"scope": CalendarScope.OWN, **asdict(DEFAULT)}
    context = {
        "form": form or CalendarForm(user=request.user, initial=first),
        "tokens": live_tokens(request.user).select_related("department"),
        "form_key": uuid4(),
        **more,
    }
    return render(request, PAGE, context, status=status)
