"""A run's applications, and one of them with its record. For staff of the section;
every look at a list is noted."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.export_rights import may_export_sensitive
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from enrollments.domain.drawing.own_result import entries_of
from enrollments.domain.leaving import (
    cancel_application,
    record_withdrawal,
    void_application,
)
from enrollments.domain.listing import find_applications
from enrollments.domain.message_queries import told_about
from enrollments.domain.same_names import count_same_names, rulings_on
from enrollments.domain.support_rights import may_see_support
from enrollments.domain.waiting_list import position_of
from enrollments.forms.back_office import FilterForm, ReasonForm
from enrollments.models import Application, SupportRequest
from enrollments.models.querysets import HOLDING, LIVE
from enrollments.views.back_office.frame import run_for, run_page

PER_PAGE = 50
ACTIONS = {
    "withdraw": record_withdrawal,
    "cancel": cancel_application,
    "void": void_application,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def applications(request: HttpRequest, code: str) -> HttpResponse:
    """Names are searched for by POST, so that they stand in no address and no log."""
    run = run_for(request, code)
    form = FilterForm(request.POST or request.GET)
    form.is_valid()
    state, words = (form.cleaned_data.get(name, "") for name in ("state", "q"))
    if request.method == "POST" and not words:
        return redirect(f"{request.path}?{urlencode({'state': state})}")
    searched = words if request.method == "POST" else ""
    found = find_applications(run_pk=run.pk, state=state, words=searched)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    log_access(
        subject=f"申込み一覧 {run.code}",
        people=len(page.object_list),
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/applications.html",
        run,
        title=_("申込み"),
        current="manage_applications",
        form=form,
        page_obj=page,
        total=page.paginator.count,
        searched=searched,
        same_names=count_same_names(run_pk=run.pk),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Participants, record and messages; `action` ends the application with a reason."""
    found = get_object_or_404(
        Application.objects.select_related(
            "run__course__department", "pool__session", "entered_by", "department"
        ),
        pk=pk,
    )
    require_section(request.user, found.run.course.department)
    form = ReasonForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _act(request, found, form.cleaned_data["reason"])
        if refusal is None:
            return redirect("manage_application", pk)
    log_access(
        subject=f"申込み {found.receipt_number}",
        people=1,
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/application.html",
        found.run,
        title=_("申込み %(number)s") % {"number": found.receipt_number},
        status=409 if refusal else 422 if form.errors else 200,
        application=found,
        participants=found.participants.all(),
        answers=found.answers.select_related("question"),
        corrections=found.corrections.select_related("by"),
        people_changes=found.participant_changes.select_related("by"),
        rulings=rulings_on(found),
        transitions=found.transitions.select_related("by"),
        sent=told_about(found, user=request.user),
        may_take_out=_may_take_out(request, found),
        support_requests=_support_of(request, found),
        position=position_of(found),
        draw_entries=entries_of(found),
        screening_notes=found.screening_notes.select_related("by"),
        may_end=found.state in LIVE,
        frees_a_seat=found.state in HOLDING,
        next_up=Application.objects.filter(pool=found.pool).waiting().first(),
        form=form,
        refusal=refusal,
    )


def _may_take_out(request: HttpRequest, found: Application) -> bool:
    """What a group's organiser sent is nobody's alone."""
    return may_export_sensitive(request.user) and not found.sends_members


def _support_of(request: HttpRequest, found: Application) -> list[SupportRequest]:
    """For those with the permission only."""
    department = found.run.course.department
    if not may_see_support(request.user, department):
        return []
    return list(found.support_requests.all())


def _act(request: HttpRequest, found: Application, reason: str) -> Refusal | None:
    act = ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        return Refusal(_("操作をえらんでください。"))
    try:
        act(application=found, by=request.user, at=timezone.now(), why=reason)
    except Refusal as refusal:
        return refusal
    messages.success(request, _("申込みの状態を変更しました。"))
    return None
