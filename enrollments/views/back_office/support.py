"""Wishes for childcare and support, for those of the section with the permission; every
look is noted. Others get the same 403 as strangers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.enums import AccessKind
from courses.models import CourseRun
from enrollments.domain.support_promises import arrange, confirm, decline
from enrollments.domain.support_queries import (
    offer_lines,
    requests_seen_by,
    still_to_come,
    with_details,
)
from enrollments.domain.support_requests import ask_for_support, withdraw_request
from enrollments.domain.support_rights import (
    require_support_change,
    require_support_sight,
)
from enrollments.domain.support_states import ALLOWED
from enrollments.enums import SupportState
from enrollments.forms.support_answers import AnswerForm, WishForm
from enrollments.models import SupportRequest
from enrollments.views.back_office.frame import run_for, run_page

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_of_run(request: HttpRequest, code: str) -> HttpResponse:
    """The list; a POST adds a wish that somebody told staff of."""
    run = run_for(request, code)
    require_support_sight(request.user, run.course.department)
    form = WishForm(request.POST or None, run=run)
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _ask(request, run, form)
        if refusal is None:
            messages.success(request, _("希望を受け付けました。"))
            return redirect("manage_support", run.code)
    wrong = request.method == "POST" and refusal is None
    found = list(with_details(SupportRequest.objects.filter(application__run=run)))
    _note(request, f"保育・支援 {run.code}", len(found))
    return run_page(
        request,
        "manage/support.html",
        run,
        title=_("保育・支援"),
        current="manage_support",
        status=409 if refusal else 422 if wrong else 200,
        lines=[_line(one) for one in found],
        offers=offer_lines(run),
        form=form,
        refusal=refusal,
        wrong=wrong,
    )


@never_cache
@require_safe
def support_of_section(request: HttpRequest) -> HttpResponse:
    """Over all runs to come; `state` narrows."""
    own = requests_seen_by(request.user).filter(still_to_come(timezone.now())).distinct()
    state = request.GET.get("state", "")
    chosen = own.filter(state=state) if state in SupportState.values else own
    page = Paginator(with_details(chosen), PER_PAGE).get_page(request.GET.get("p"))
    _note(request, "保育・支援", len(page.object_list))
    context = {
        "lines": [_line(one) for one in page.object_list],
        "page_obj": page,
        "state": state,
        "states": SupportState.choices,
        "with_run": True,
        "breadcrumbs_items": [{"url": "", "label": _("保育・支援")}],
        "header_title": _("保育・支援"),
        "page_title": _("保育・支援"),
    }
    return render(request, "manage/support_section.html", context)


@require_POST
def support_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of one promise."""
    wish = get_object_or_404(
        requests_seen_by(request.user).select_related("application__run__course"), pk=pk
    )
    form = AnswerForm(request.POST)
    refusal = _step(request, wish, form) if form.is_valid() else Refusal()
    if refusal is None:
        messages.success(request, _("手配の状態を変更しました。"))
    else:
        messages.error(request, str(refusal))
    if request.POST.get("back") == "section":
        return redirect("manage_support_section")
    return redirect("manage_support", wish.application.run.code)


def _ask(request: HttpRequest, run: CourseRun, form: WishForm) -> Refusal | None:
    require_support_change(request.user, run.course.department)
    said = form.cleaned_data
    try:
        ask_for_support(
            application=said["number"],
            kind=said["kind"],
            needs=said["needs"],
            children=said["children"],
            by=request.user,
            at=timezone.now(),
            override_reason=said["reason"],
        )
    except Refusal as refusal:
        return refusal
    return None


def _step(request: HttpRequest, wish: SupportRequest, form: AnswerForm) -> Refusal | None:
    department = wish.application.run.course.department
    said: dict[str, Any] = {"request": wish, "by": request.user, "at": timezone.now()}
    said["why"] = form.cleaned_data["why"]
    action = request.POST.get("action", "")
    try:
        if action == SupportState.ARRANGED:
            arrange(**said)
        elif action == SupportState.CONFIRMED:
            confirm(**said)
        elif action == SupportState.DECLINED:
            decline(**said, alternative=form.cleaned_data["alternative"])
        elif action == SupportState.WITHDRAWN:
            require_support_change(request.user, department)
            withdraw_request(**said)
        else:
            return Refusal(_("操作をえらんでください。"))
    except Refusal as refusal:
        return refusal
    return None


def _line(wish: SupportRequest) -> dict[str, Any]:
    """`leads_to`: what may be done now; `was_promised`: something may be booked still."""
    ends = {SupportState.DECLINED, SupportState.WITHDRAWN}
    return {
        "wish": wish,
        "leads_to": ALLOWED[SupportState(wish.state)],
        "steps": list(wish.steps.all()),
        "was_promised": wish.state in ends
        and any(step.from_state in ("arranged", "confirmed") for step in wish.steps.all()),
    }


def _note(
    request: HttpRequest, subject: str, people: int, kind: AccessKind = AccessKind.READ
) -> None:
    log_access(
        subject=subject, people=people, by=request.user, at=timezone.now(), kind=kind
    )
