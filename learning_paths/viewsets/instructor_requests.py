"""講師への依頼 in the back office: for the section that passes them on."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_section, require_staff
from learning_paths.domain.instructor_requests.asking import enter_request
from learning_paths.domain.instructor_requests.passing_on import (
    close_request,
    forward_request,
)
from learning_paths.domain.instructor_requests.reading import address_of, requests_for
from learning_paths.domain.instructor_requests.states import MOVES
from learning_paths.enums import InstructorRequestState as State
from learning_paths.forms.instructor_request import EnterForm, ForwardForm
from learning_paths.models import InstructorRequest

ON_A_PAGE = 50


@never_cache
@require_safe
def instructor_requests(request: HttpRequest) -> HttpResponse:
    """`?state=` narrows."""
    require_staff(request.user)
    state = request.GET.get("state", "")
    found = requests_for(request.user)
    if state in State.values:
        found = found.filter(state=state)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    _note(request, len(page.object_list))
    context = {
        **_titles(),
        "requests": page,
        "page_obj": page,
        "states": State.choices,
        "state": state,
    }
    return render(request, "learning_paths/manage/instructor_requests.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instructor_request(request: HttpRequest, pk: int) -> HttpResponse:
    """`act` is `forward` or `close`."""
    every = InstructorRequest.objects.select_related("instructor", "department", "user")
    found = get_object_or_404(every, pk=pk)
    require_section(request.user, found.department)
    act = request.POST.get("act", "")
    known = {"instructor": found.instructor_id}
    form = ForwardForm(request.POST if act == "forward" else None, initial=known)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if _acted(request, found, act, form):
                return redirect("manage_instructor_request", pk)
        except NotAllowed:
            raise
        except Refusal as why:
            refusal = why
    _note(request, 1)
    allowed = MOVES[State(found.state)]
    context = {
        **_titles(found.instructor.full_name),
        "wanted": found,
        "address": address_of(found.instructor),
        "moves": found.moves.select_related("by"),
        "form": form,
        "forms": [form],
        "wrong": bool(form.errors),
        "refusal": refusal,
        "may_forward": State.FORWARDED in allowed,
        "may_close": State.CLOSED in allowed,
    }
    status = 409 if refusal else 422 if form.errors else 200
    template = "learning_paths/manage/instructor_request.html"
    return render(request, template, context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instructor_request_new(request: HttpRequest) -> HttpResponse:
    """What came by telephone or at the counter."""
    require_staff(request.user)
    form = EnterForm(request.POST or None, initial={"form_key": uuid4()})
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_request(
                instructor=form.cleaned_data["instructor"],
                wanted=form.wanted(),
                form_key=form.cleaned_data["form_key"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as why:
            refusal = why
        else:
            messages.success(request, _("依頼を入力しました。"))
            return redirect("manage_instructor_request", made.pk)
    context = {
        **_titles(_("依頼を入力")),
        "form": form,
        "forms": [form],
        "wrong": bool(form.errors),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    template = "learning_paths/manage/instructor_request_new.html"
    return render(request, template, context, status=status)


def _acted(
    request: HttpRequest, found: InstructorRequest, act: str, form: ForwardForm
) -> bool:
    """Raises: those of the acts."""
    now = timezone.now()
    if act == "close":
        why = request.POST.get("why", "")
        close_request(request=found, why=why, by=request.user, at=now)
        messages.success(request, _("終了し、依頼した方に知らせました。"))
        return True
    if act != "forward" or not form.is_valid():
        return False
    forward_request(request=found, by=request.user, at=now, **form.cleaned_data)
    messages.success(request, _("講師に取り次ぎました。"))
    return True


def _note(request: HttpRequest, people: int) -> None:
    now = timezone.now()
    log_access(subject="講師への依頼", people=people, by=request.user, at=now)


def _titles(name: str = "") -> dict[str, Any]:
    title = _("講師への依頼")
    crumbs = [{"url": reverse("manage_instructor_requests"), "label": title}]
    here = [{"url": "", "label": name or title}]
    return {
        "page_title": name or title,
        "header_title": name or title,
        "header_icon": "mail",
        "breadcrumbs_items": [*crumbs, *here] if name else here,
    }
