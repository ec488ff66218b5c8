"""講師への依頼 from outside: the form for everybody, and the page of whoever asked."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.talent import on_the_register
from courses.models import Instructor
from learning_paths.domain.instructor_requests.asking import (
    request_instructor,
    withdraw_request,
)
from learning_paths.domain.instructor_requests.links import own_token, request_of_owner
from learning_paths.domain.instructor_requests.reading import own_requests
from learning_paths.domain.instructor_requests.states import WITHDRAWABLE
from learning_paths.forms.instructor_request import InstructorRequestForm
from learning_paths.models import InstructorRequest

LARGEST_KEY = 2**63 - 1


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instructor_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who is not on the register is answered like somebody who does not exist."""
    if pk > LARGEST_KEY:
        raise Http404
    person = get_object_or_404(on_the_register(), pk=pk)
    form = InstructorRequestForm(request.POST or None, initial=_known(request))
    refusal: Refusal | None = None
    if request.method == "POST":
        who = client_address(request)
        count_attempt(rule="instructor_request", who=who, at=timezone.now())
        if form.is_trapped:
            return redirect("instructors")
        if form.is_valid():
            try:
                made = _ask(request, person, form)
            except Refusal as found:
                refusal = found
            else:
                return redirect("instructor_request_own", own_token(made))
    context = {"person": person, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    template = "learning_paths/instructor_request.html"
    return render(request, template, context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = {"form_key": uuid4()}
    if isinstance(request.user, User):
        known |= {"name": request.user.get_full_name(), "email": request.user.email}
    return known


def _ask(
    request: HttpRequest, person: Instructor, form: InstructorRequestForm
) -> InstructorRequest:
    return request_instructor(
        instructor=person,
        wanted=form.wanted(),
        form_key=form.cleaned_data["form_key"],
        user=request.user if isinstance(request.user, User) else None,
        language=get_language() or "ja",
        at=timezone.now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instructor_request_own(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the secret link of whoever asked; a POST takes the request back."""
    found = request_of_owner(token)
    if found is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        try:
            withdraw_request(request=found, by=by, at=timezone.now())
        except Refusal as why:
            refusal = why
        else:
            messages.success(request, _("依頼を取り下げました。"))
            return redirect("instructor_request_own", token)
    context = {
        "wanted": found,
        "person": found.instructor,
        "token": token,
        "refusal": refusal,
        "may_withdraw": found.state in WITHDRAWABLE,
    }
    return secret_page(
        request,
        "learning_paths/instructor_request_own.html",
        context,
        status=409 if refusal else 200,
    )


@never_cache
@login_required
@require_safe
def my_instructor_requests(request: HttpRequest) -> HttpResponse:
    """Those made with the account."""
    found = [(one, own_token(one)) for one in own_requests(request.user)]
    template = "learning_paths/my_instructor_requests.html"
    return render(request, template, {"requests": found})


def secret_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Nothing of its address is passed on."""
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
