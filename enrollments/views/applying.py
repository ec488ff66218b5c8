"""Applying in two steps: fill in, look it over and send. Open to everybody."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.how_given import action_words, how_given_words
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import CapacityUnit, ReceptionStatus
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.gates import require_a_chance
from enrollments.domain.links import application_token
from enrollments.domain.queries import own_live_application
from enrollments.forms.applying import ApplicationForm, known_of
from enrollments.views.offered import offered_to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The form; `step=check` shows what will be sent, `step=send` sends it."""
    try:
        run = offered_to(request).run(code)
    except CourseRun.DoesNotExist:
        raise Http404 from None
    if request.method == "POST":
        return _answer(request, run)
    user = request.user if request.user.is_authenticated else None
    form = ApplicationForm(run=run, initial=known_of(user) if user else {})
    return _page(request, run, form)


def _answer(request: HttpRequest, run: CourseRun) -> HttpResponse:
    form = ApplicationForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, run, form, status=422)
    step = request.POST.get("step")
    if step == "send":
        return _send(request, run, form)
    if step == "edit":
        return _page(request, run, form)
    return _page(request, run, form, template="enrollments/apply_check.html")


def _send(request: HttpRequest, run: CourseRun, form: ApplicationForm) -> HttpResponse:
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    try:
        count_attempt(rule="apply", who=client_address(request), at=now)
        application = apply_for_seat(run=run, request=form.seat_request(), by=user, at=now)
    except TooManyRequests as refusal:
        return _page(request, run, form, refusal=refusal, status=429)
    except Refusal as refusal:
        return _page(request, run, form, refusal=refusal, status=409)
    return redirect("application", application_token(application))


def _page(
    request: HttpRequest,
    run: CourseRun,
    form: ApplicationForm,
    *,
    template: str = "enrollments/apply.html",
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Whoever may not apply is told so before typing anything."""
    if refusal is None:
        try:
            require_a_chance(run=run, at=timezone.now())
        except Refusal as found:
            refusal = found
            status = 409 if request.method == "POST" else 200
    context = {
        "run": run,
        "course": run.course,
        "reception": _reception(run, at=timezone.now()),
        "own": _own_link(request, run),
        "sessions": run.sessions.all(),
        "form": form,
        "refusal": refusal,
        "notice": offered_to(request).notice("application", at=timezone.now()),
    }
    return render(request, template, context, status=status)


def _reception(run: CourseRun, *, at: datetime) -> dict[str, Any]:
    """What the course page says of places, said again beside the form."""
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    return {
        "status": status,
        "label": public_words(facts, status),
        "places": places_words(facts, status, CapacityUnit(run.capacity_unit)),
        "how_given": how_given_words(run, facts),
        "action": action_words(status) or _("申し込む"),
        "next_in_line": facts.waiting + 1 if status == ReceptionStatus.WAITING_LIST else 0,
    }


def _own_link(request: HttpRequest, run: CourseRun) -> str:
    """To the application that the signed-in person has already made."""
    if not isinstance(request.user, User):
        return ""
    own = own_live_application(request.user, run)
    return reverse("application", args=[application_token(own)]) if own else ""
